import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { areSame, differingBits, type Marks } from '../../../src/pipeline/duplicates/marks.ts';
import { openSource } from '../../../src/pipeline/read/open-source.ts';
import { pictureHash } from '../../../src/pipeline/read/picture-hash.ts';

const picture = 'f0'.repeat(32);
const known: Marks = {
  key: 'sum 2026-01-14 99.50',
  isIdentity: false,
  merchant: 'CCO8605231N4',
  folio: '1201',
  picture,
};
const dataDir = join(import.meta.dirname, '../../../../shared/data');

test('the same merchant, folio, day and amount are the same paper, however it was photographed', () => {
  assert.equal(areSame(known, { ...known, picture: '0f'.repeat(32) }), true);
});

test('another folio is another purchase, even of the same amount and on a picture that looks alike', () => {
  assert.equal(areSame(known, { ...known, folio: '1202' }), false);
});

test('another merchant is another purchase', () => {
  assert.equal(areSame(known, { ...known, merchant: 'NWM9709244W4' }), false);
});

test('without a folio only the same picture says so', () => {
  const unread = { ...known, folio: null };

  assert.deepEqual(
    [
      areSame(unread, { ...unread, picture: `f1${picture.slice(2)}` }),
      areSame(unread, { ...unread, picture: '0f'.repeat(32) }),
    ],
    [true, false],
  );
  assert.equal(areSame({ ...unread, picture: null }, { ...unread, picture: null }), false);
});

const Truth = z.array(
  z.object({
    file: z.string(),
    truth: z.object({
      merchant: z.string().nullish(),
      taxId: z.string().nullish(),
      date: z.string().nullish(),
      total: z.string().nullish(),
      folio: z.string().nullish(),
    }),
  }),
);

for (const folder of ['receipts', 'sroie']) {
  test(`no two different receipts of ${folder} are taken for one`, async (t) => {
    const text = await readFile(join(dataDir, folder, 'truth.json'), 'utf8').catch(() => null);
    if (text === null) return t.skip(`no ${folder} beside the project`);
    const receipts = await Promise.all(
      Truth.parse(JSON.parse(text)).map(async ({ file, truth }) => {
        const source = await openSource(await readFile(join(dataDir, folder, file)), 'image/jpeg');
        const page = await source.page(0);
        assert.ok(page.kind === 'image');
        return { file, ...truth, picture: pictureHash(page.image.raster) };
      }),
    );

    const pairs = receipts.flatMap((one, index) => receipts.slice(index + 1).map((other) => [one, other] as const));
    const marks = ({ merchant, taxId, folio, picture }: (typeof receipts)[number]): Marks => {
      return { key: '', isIdentity: false, merchant: taxId ?? merchant ?? null, folio: folio ?? null, picture };
    };
    const alike = pairs.filter(([a, b]) => a.date === b.date && a.total === b.total && areSame(marks(a), marks(b)));
    const nearest = Math.min(...pairs.map(([a, b]) => differingBits(a.picture, b.picture)));
    t.diagnostic(`nearest pictures of two receipts: ${nearest} of 256 bits`);

    assert.deepEqual(
      alike.map(([a, b]) => [a.file, b.file]),
      [],
    );
  });
}
