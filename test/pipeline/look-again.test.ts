import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Classification, FieldName, Fields, FieldValue } from '../../src/domain/document.ts';
import type { LookKind, Profile, Reading } from '../../src/domain/reading.ts';
import { createAttentiveReader } from '../../src/pipeline/look-again.ts';
import { mergedFields, overLooks } from '../../src/pipeline/looks.ts';
import type { ReadRequest } from '../../src/pipeline/read/reader.ts';

const value = (text: string, confidence: number): FieldValue => ({ value: text, confidence, box: null, source: 'ocr' });
const bytes = new Uint8Array(1);

type Seen = Partial<Record<LookKind | 'first', Fields>>;
type Shape = { angle?: number; lines?: number; share?: number; provider?: string };

/** A reader of which is known what each look at its document sees; the page is 100 × 100. */
function attentive(seen: Seen, kind: Classification['kind'] = 'receipt', shape: Shape = {}) {
  const { angle = 0, lines = 10, share = 0.9, provider = 'paddle' } = shape;
  const asked: (LookKind | 'first')[] = [];
  const side = 100 * Math.sqrt(share);
  const quad: Reading['pages'][number]['lines'][number]['quad'] = [
    [0, 0],
    [side, 0],
    [side, side],
    [0, side],
  ];
  const pageFor = (look: string) => ({
    ...{ number: 1, width: 100, height: 100, angle },
    lines: Array.from({ length: lines }, (_, row) => ({ text: look, confidence: 0.9, quad, row, words: [] })),
  });
  const lookOf = (reading: Reading) => reading.pages[0]?.lines[0]?.text ?? 'first';
  const reader = createAttentiveReader({
    reader: {
      read: async ({ profile, look }: ReadRequest) => {
        const name = look?.kind ?? 'first';
        asked.push(name);
        if (look && !seen[look.kind]) throw new Error('cannot look so');
        return { provider, profile, confidence: 0.9, ms: 100, pages: [pageFor(name)] };
      },
      close: async () => undefined,
    },
    ...overLooks({
      classify: () => ({ kind, kindConfidence: 1, merchant: null, candidates: [] }),
      extract: (reading) => ({ fields: seen[lookOf(reading) as LookKind] ?? {}, reasons: [] }),
    }),
    log: { warn: () => undefined },
    today: () => '2026-01-01',
  });
  const read = (profile: Profile) => reader.read({ bytes, mime: 'image/png', profile });
  return { read, asked };
}

const full: Fields = { date: value('2025-01-01', 0.85), total: value('10.00', 0.85) };
const dateless: Fields = { total: value('10.00', 0.9) };

test('a document whose date and total were read is looked at once', async () => {
  const { read, asked } = attentive({ first: full });

  const reading = await read('balanced');

  assert.deepEqual(asked, ['first']);
  assert.equal(reading.again, undefined);
});

test('where the date is missing it is looked at again, without colour first where the text fills the picture', async () => {
  const { read, asked } = attentive({ first: dateless, without_colour: full });

  const reading = await read('balanced');

  assert.deepEqual(asked, ['first', 'without_colour']);
  assert.deepEqual(
    reading.again?.map((look) => look.kind),
    ['without_colour'],
  );
  assert.equal(reading.ms, 200);
});

test('text that is small on its picture or slanted is looked at from nearer first', async () => {
  for (const shape of [{ share: 0.3 }, { angle: 20 }, { angle: -83 }]) {
    const { read, asked } = attentive({ first: dateless, closer: full }, 'receipt', shape);

    await read('ultra_rapido');

    assert.deepEqual(asked, ['first', 'closer']);
  }
});

test('when no look helps each is taken once; only the careful profile asks a second engine', async () => {
  const seen = { first: dateless, without_colour: dateless, closer: dateless, second_engine: dateless };
  const [fast, careful] = [attentive(seen), attentive(seen)];

  await fast.read('balanced');
  await careful.read('high_confidence');

  assert.deepEqual(fast.asked, ['first', 'without_colour', 'closer']);
  assert.deepEqual(careful.asked, ['first', 'without_colour', 'closer', 'second_engine']);
});

test('the careful profile looks again at what is doubtful as well', async () => {
  const { read, asked } = attentive({ first: full, without_colour: full });

  await read('high_confidence');

  assert.deepEqual(asked, ['first', 'without_colour']);
});

test('a payment proof is looked at again for its amount, reference or date, an e-invoice never', async () => {
  const names: FieldName[] = ['monto', 'referencia', 'fecha'];
  const proof: Fields = Object.fromEntries(names.map((name) => [name, value('1', 0.9)]));
  const [whole, part, invoice] = [
    attentive({ first: proof }, 'payment_proof'),
    attentive({ first: { fecha: value('1', 0.9) }, without_colour: proof }, 'payment_proof'),
    attentive({ first: {} }, 'e_invoice'),
  ];

  for (const { read } of [whole, part, invoice]) await read('balanced');

  assert.deepEqual([whole.asked.length, part.asked.length, invoice.asked.length], [1, 2, 1]);
});

test('neither a picture with hardly any text nor the text of a PDF is looked at again', async () => {
  for (const shape of [{ lines: 3 }, { provider: 'text-layer' }]) {
    const { read, asked } = attentive({ first: {} }, 'other', shape);

    await read('high_confidence');

    assert.deepEqual(asked, ['first']);
  }
});

test('a further look that fails leaves the first reading as it was', async () => {
  const { read, asked } = attentive({ first: dateless });

  const reading = await read('balanced');

  assert.deepEqual(asked, ['first', 'without_colour']);
  assert.equal(reading.again, undefined);
});

test('what the first look is sure of stays, what it missed comes from the look that saw it', () => {
  const merged = mergedFields([
    { total: value('10.00', 0.9) },
    { total: value('16.00', 0.95), date: value('2025-01-01', 0.9), time: value('10:00', 0.8) },
  ]);

  assert.equal(merged.total?.value, '10.00');
  assert.deepEqual([merged.date?.value, merged.time?.value], ['2025-01-01', '10:00']);
  assert.ok((merged.date?.confidence ?? 1) < 0.9, 'somewhat less sure than a first look');
});

test('two looks that agree outvote one, and are surer than each', () => {
  const merged = mergedFields([
    { folio: value('1234', 0.6) },
    { folio: value('1284', 0.7) },
    { folio: value('1284', 0.7) },
  ]);

  assert.equal(merged.folio?.value, '1284');
  assert.ok((merged.folio?.confidence ?? 0) > 0.6);
});

test('a value that looks disagree about is less sure than one that nobody contests', () => {
  const contested = mergedFields([{ total: value('10.00', 0.7) }, { total: value('16.00', 0.65) }]);
  const alone = mergedFields([{ total: value('10.00', 0.7) }, {}]);

  assert.ok((contested.total?.confidence ?? 1) < (alone.total?.confidence ?? 0));
});

test('subtotal and tax come from the look that gave the total', () => {
  const merged = mergedFields([
    { subtotal: value('1.00', 0.9) },
    { total: value('11.60', 0.9), subtotal: value('10.00', 0.9), tax: value('1.60', 0.9) },
  ]);

  assert.deepEqual([merged.total?.value, merged.subtotal?.value, merged.tax?.value], ['11.60', '10.00', '1.60']);
});

test('reasons that a further look has settled are gone', () => {
  const again = [{ kind: 'closer' as const, provider: 'paddle', pages: [] }];
  const reading: Reading = { provider: 'first', profile: 'balanced', confidence: 1, ms: 1, pages: [], again };
  const { extract } = overLooks({
    classify: () => ({ kind: 'receipt', kindConfidence: 1, merchant: null, candidates: [] }),
    extract: ({ provider }) =>
      provider === 'first'
        ? { fields: {}, reasons: ['missing:date', 'missing:total', 'unknown_merchant', 'not_a_receipt'] }
        : { fields: { date: value('2025-01-01', 0.95), total: value('1.00', 0.6) }, reasons: [] },
  });

  const { reasons } = extract(
    reading,
    { kind: 'receipt', kindConfidence: 1, merchant: null, candidates: [] },
    '2026-01-01',
  );

  assert.deepEqual(reasons, ['doubtful:total', 'unknown_merchant', 'not_a_receipt']);
});

test('a merchant that the first look did not know comes from the one that did', () => {
  const merchant = (name: string, confidence: number) => ({
    id: null,
    name,
    taxId: null,
    confidence,
    method: 'header',
  });
  const again = [{ kind: 'closer' as const, provider: 'near', pages: [] }];
  const reading: Reading = { provider: 'far', profile: 'balanced', confidence: 1, ms: 1, pages: [], again };
  const { classify } = overLooks({
    classify: ({ provider }) =>
      provider === 'far'
        ? { kind: 'other', kindConfidence: 0.5, merchant: merchant('PROX', 0.5), candidates: [] }
        : { kind: 'receipt', kindConfidence: 0.9, merchant: merchant('PROXIM', 0.9), candidates: [] },
    extract: () => ({ fields: {}, reasons: [] }),
  });

  const classification = classify(reading);

  assert.deepEqual([classification.kind, classification.merchant?.name], ['receipt', 'PROXIM']);
});
