import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { shippedModels } from '../../../../src/pipeline/read/paddle/models.ts';
import { openModels } from '../../../../src/pipeline/read/paddle/open-models.ts';

const folder = await mkdtemp(join(tmpdir(), 'recibot-open-'));
after(() => rm(folder, { recursive: true }));
const shipped = await shippedModels();

const closeAll = (networks: object) =>
  Promise.all(Object.values(networks).map((network: { close(): Promise<void> }) => network.close()));

test('networks are opened prepared, with the alphabet that belongs to them', async () => {
  const { networks, alphabet } = await openModels(shipped, folder);
  after(() => closeAll(networks));

  assert.equal((await readdir(folder)).length, 2);
  assert.equal(alphabet.characters.length, shipped.alphabet.allowed.length);
});

test('where they are not wanted prepared they are opened as shipped', async () => {
  const { networks, alphabet } = await openModels(shipped, null);
  after(() => closeAll(networks));

  assert.equal(alphabet, shipped.alphabet);
});

test('networks that cannot be prepared are opened as shipped, with a warning', async () => {
  const warned = once(process, 'warning');

  const { networks, alphabet } = await openModels({ ...shipped, recogniser: shipped.upsideDown }, folder);
  after(() => closeAll(networks));

  const [warning] = await warned;
  assert.match(String(warning), /as shipped: UnknownGraph/);
  assert.equal(alphabet, shipped.alphabet);
});
