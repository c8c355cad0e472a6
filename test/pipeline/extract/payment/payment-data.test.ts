import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { z } from 'zod';
import type { FieldName, Fields } from '../../../../src/domain/document.ts';
import { extractPayment } from '../../../../src/pipeline/extract/payment/extract-payment.ts';
import { paymentEvidence } from '../../../../src/pipeline/extract/payment/payment-evidence.ts';
import { readingFromText } from '../../../../src/pipeline/extract/reading-from-text.ts';
import { createReader } from '../../../../src/pipeline/read/reader.ts';
import { banks } from './banks.ts';

/** Public proofs with their truth, kept beside the repository; not part of it. */
const folder = new URL('../../../../../shared/data/pago-movil/', import.meta.url);
const skip = existsSync(folder) ? false : 'SKIPPED: no ../shared/data/pago-movil beside the repository';
/** When the proofs were made. */
const today = '2025-07-20';

const Truth = z.array(z.object({ file: z.string(), truth: z.record(z.string(), z.string().nullable()) }));
const Texts = z.array(z.object({ text: z.string(), expected: z.record(z.string(), z.string().nullable()) }));

const same: Partial<Record<FieldName, (given: string, expected: string) => boolean>> = {
  monto: (given, expected) => Number(given) === Number(expected),
  fecha: (given, expected) => given === expected.slice(0, 10),
  banco_destino: (given, expected) => given.includes(expected.toUpperCase()),
  cedula: (given, expected) => bare(given) === bare(expected).replace(/^V/, ''),
  telefono: (given, expected) => bare(given) === bare(expected),
};
const scored: readonly FieldName[] = [
  'monto',
  'referencia',
  'fecha',
  'telefono',
  'cedula',
  'banco_destino',
  'cuenta_origen',
  'concepto',
];

function bare(text: string): string {
  return text.toUpperCase().replace(/[^A-Z0-9*]/g, '');
}

/** The fields whose value is not the expected one; where the truth is null nothing may be given. */
function missesOf(fields: Fields, expected: Readonly<Record<string, string | null>>): string[] {
  return scored.flatMap((name) => {
    const wanted = expected[name === 'telefono' && 'telefono_destino' in expected ? 'telefono_destino' : name];
    const given = fields[name]?.value;
    if (wanted === undefined) return [];
    if (wanted === null) return given === undefined ? [] : [`${name}: ${given} where nothing is printed`];
    const isSame =
      given !== undefined && (same[name] ?? ((a: string, b: string) => bare(a) === bare(b)))(given, wanted);
    return isSame ? [] : [`${name}: ${wanted} read as ${given ?? 'nothing'}`];
  });
}

test('the texts of public payment proofs are read without a miss', { skip }, () => {
  const texts = Texts.parse(JSON.parse(readFileSync(new URL('texts/pago_movil_texts_dev.json', folder), 'utf8')));

  const misses = texts.flatMap(({ text, expected }) =>
    missesOf(extractPayment(readingFromText(text), { today, banks }).fields, expected),
  );

  assert.deepEqual(misses, []);
});

test('the screenshots of public payment proofs are read without a miss, and known as such', {
  skip,
  timeout: 120_000,
}, async (t) => {
  const truth = Truth.parse(JSON.parse(readFileSync(new URL('truth.json', folder), 'utf8')));
  const log = { info() {}, warn() {} };
  const reader = await createReader({ backends: ['paddle'], workers: 1, log });
  t.after(() => reader.close());

  for (const { file, truth: expected } of truth) {
    const reading = await reader.read({
      bytes: readFileSync(new URL(file, folder)),
      mime: 'image/jpeg',
      profile: 'balanced',
    });
    const { fields } = extractPayment(reading, { today, banks });

    assert.deepEqual(missesOf(fields, expected), [], file);
    assert.ok(paymentEvidence(reading) > 0.9, file);
  }
});
