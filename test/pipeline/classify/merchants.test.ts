import assert from 'node:assert/strict';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { taxIdRules } from '../../../src/domain/tax-id/registry.ts';
import { loadMerchants } from '../../../src/pipeline/classify/merchants.ts';

const shipped = new URL('../../../config/merchants', import.meta.url).pathname;

test('every tax id of the catalogue has a right check digit and a named source', async () => {
  const { merchants } = await loadMerchants(shipped);

  for (const { id: merchant, taxIds } of merchants) {
    for (const { id, source } of taxIds) {
      assert.ok(
        taxIdRules.some((rule) => rule.isValid(id)),
        `${merchant}: ${id}`,
      );
      assert.ok(source.length > 3);
    }
  }
});

test('the chains that the product promises are there, and ids and tax ids are unique', async () => {
  const { merchants, byId, byTaxId } = await loadMerchants(shipped);

  for (const id of [
    'oxxo',
    'seven-eleven-mx',
    'walmart-mx',
    'costco-mx',
    'soriana',
    'chedraui',
    'pemex',
    'shell',
    'mobil',
    'home-depot-mx',
  ])
    assert.ok(byId.has(id), id);
  assert.equal(byId.size, merchants.length);
  assert.equal(byTaxId.size, merchants.flatMap((merchant) => merchant.taxIds).length);
  for (const id of ['pemex', 'shell', 'mobil', 'g500', 'la-gas']) assert.equal(byId.get(id)?.kind, 'gas_station');
});

test('a wrong file is named when it is loaded', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'merchants-'));
  await writeFile(join(folder, 'broken.json'), '{"id":"x"}');

  await assert.rejects(loadMerchants(folder), /broken\.json is not a merchant/);
});
