import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { z } from 'zod';
import { parseEInvoice } from '../../../src/pipeline/einvoice/parse-e-invoice.ts';
import { type CufeParts, cufeComposition, cufeOf } from '../../../src/pipeline/einvoice/ubl/cufe.ts';
import { parseXml } from '../../../src/pipeline/einvoice/xml/parse-xml.ts';
import { textAt } from '../../../src/pipeline/einvoice/xml/xml-element.ts';

const data = new URL('../../../../shared/data/einvoice/co/', import.meta.url);
const skip = existsSync(data) ? false : 'SKIPPED: no ../shared/data/einvoice beside the repository';

const Vectors = z.object({
  cufe: z.array(z.record(z.string(), z.union([z.string(), z.boolean()]))),
  cude_debit_note: z.object({ composition: z.string(), cude: z.string() }),
});
const vectors = skip ? null : Vectors.parse(JSON.parse(readFileSync(new URL('vectors.json', data), 'utf8')));

const note: CufeParts = {
  ...{
    number: 'ND1001',
    date: '2019-01-18',
    time: '10:58:00-05:00',
    subtotal: '30000',
    iva: '0',
    inc: '2400.0',
    ica: '0.00',
  },
  ...{ total: '32400.009', issuer: '900197264', recipient: '10254102', secret: '10201', environment: '2' },
};

test('every published CUFE is computed', { skip }, () => {
  const computed = vectors?.cufe.map((vector) => {
    const of = (name: string) => String(vector[name] ?? '');
    return cufeOf({
      ...{ number: of('NumFac'), date: of('FecFac'), time: of('HorFac'), subtotal: of('ValFac'), total: of('ValTot') },
      ...{ iva: of('ValImp1'), inc: of('ValImp2'), ica: of('ValImp3'), issuer: of('NitOFE'), recipient: of('NumAdq') },
      ...{ secret: of('ClTec'), environment: of('TipoAmbie') || of('Amb') },
    });
  });

  assert.deepEqual(
    computed,
    vectors?.cufe.map(({ cufe }) => cufe),
  );
});

test('the published CUDE is computed, amounts cut and not rounded', { skip }, () => {
  assert.equal(cufeComposition(note), vectors?.cude_debit_note.composition);
  assert.equal(cufeOf(note), vectors?.cude_debit_note.cude);
});

test('an invoice whose issuer is known is checked against its CUFE, others are not', { skip }, () => {
  const bytes = readFileSync(new URL('ubl21dian/SignaturesBillsTest_0.xml', data));
  const uuid = textAt(parseXml(bytes), 'UUID') ?? '';
  const technicalKeys = new Map([['901210113', 'x'.repeat(40)]]);
  const cufe = vectors?.cufe[1]?.cufe;
  const mended = Buffer.from(bytes.toString('utf8').replace(uuid, String(cufe)));

  const checked = [
    parseEInvoice(bytes),
    parseEInvoice(bytes, { technicalKeys }),
    parseEInvoice(mended, { technicalKeys }),
  ];

  assert.deepEqual(
    checked.map(({ uuidFits }) => uuidFits),
    [null, false, true],
  );
});

test('a CUFE is 96 hex digits of SHA-384', () => {
  assert.equal(cufeOf(note), createHash('sha384').update(cufeComposition(note)).digest('hex'));
});
