import assert from 'node:assert/strict';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { RulesFile } from '../../src/pipeline/extract/rules.ts';
import { openLiveUnderstanding } from '../../src/pipeline/live-understanding.ts';
import { aReading } from '../support/builders.ts';
import { eventually } from '../support/eventually.ts';
import { realClock } from '../support/real-clock.ts';
import { aDataDir } from '../support/store.ts';

const shipped = new URL('../../config/', import.meta.url).pathname;
const receipt = aReading('TIENDA DE MUESTRA', 'FECHA: 01/02/2026 10:00', 'SUMATORIA FINAL $ 57.00', 'GRACIAS');

async function aDesk(t: TestContext) {
  const dir = await aDataDir(t);
  const configDir = join(dir, 'config');
  await cp(shipped, configDir, { recursive: true });
  const errors: string[] = [];
  const log = { info: () => undefined, error: (about: { problem: string }) => void errors.push(about.problem) };
  const rulesDir = join(dir, 'rules');
  const live = await openLiveUnderstanding({ configDir, rulesDir, clock: realClock, log });
  t.after(() => live[Symbol.asyncDispose]());
  const totalOf = () => live.extract(receipt, live.classify(receipt), '2026-06-30').fields.total;
  return { live, configDir, rulesDir, errors, totalOf, labels: () => labelled(configDir) };
}

/** The shipped rules with one label more. */
async function labelled(configDir: string): Promise<RulesFile> {
  const file = RulesFile.parse(JSON.parse(await readFile(join(configDir, 'extraction-rules.json'), 'utf8')));
  return { ...file, labels: [...file.labels, { role: 'total', weight: 3.4, texts: ['SUMATORIA FINAL'] }] };
}

const isSure = (field: { confidence: number } | undefined) => (field?.confidence ?? 0) >= 0.8;

test('the shipped rules are read again when their file changes', async (t) => {
  const { configDir, totalOf, labels } = await aDesk(t);
  assert.equal(isSure(totalOf()), false);

  await writeFile(join(configDir, 'extraction-rules.json'), JSON.stringify(await labels()));

  await eventually(() => isSure(totalOf()), true);
});

test("an operator's own rules stand in for the shipped ones, and a merchant of theirs beside", async (t) => {
  const { live, rulesDir, labels } = await aDesk(t);
  const before = live.rules.state().merchants;
  const merchant = { id: 'muestra', name: 'La Muestra', country: 'MX', kind: 'other', aliases: ['Tienda de Muestra'] };

  await writeFile(join(rulesDir, 'extraction-rules.json'), JSON.stringify(await labels()));
  await writeFile(join(rulesDir, 'merchants/muestra.json'), JSON.stringify({ ...merchant, source: 'its tickets' }));

  await eventually(() => live.classify(receipt).merchant?.id, 'muestra');
  assert.equal(live.rules.state().areOwn, true);
  assert.equal(live.rules.state().merchants, before + 1);
});

test('wrong rules are told, and those before stay in force', async (t) => {
  const { live, rulesDir, errors, labels } = await aDesk(t);
  await live.rules.replace(await labels());
  const { loadedAt } = live.rules.state();

  await writeFile(join(rulesDir, 'extraction-rules.json'), '{"labels":[{"role":"grand"}]}');

  await eventually(() => /extraction-rules\.json: [\s\S]*role/.test(live.rules.state().problem ?? ''), true);
  assert.match(errors.join(), /extraction-rules\.json/);
  assert.equal(live.rules.state().loadedAt, loadedAt);
  assert.equal(live.rules.state().rules.labels.at(-1)?.texts[0], 'SUMATORIA FINAL');
});

test('wrong rules at the start leave the shipped ones', async (t) => {
  const { configDir, rulesDir, live } = await aDesk(t);
  await writeFile(join(rulesDir, 'merchants/broken.json'), '{"id":"x"}');

  const log = { info: () => undefined, error: () => undefined };
  await using second = await openLiveUnderstanding({ configDir, rulesDir, clock: realClock, log });

  assert.match(second.rules.state().problem ?? '', /broken\.json is not a merchant/);
  assert.deepEqual(second.rules.state().rules, live.rules.state().rules);
});

test('rules that are put are in force at once, and gone after a reset', async (t) => {
  const { live, rulesDir, totalOf, labels } = await aDesk(t);

  const put = await live.rules.replace(await labels());
  const during = isSure(totalOf());
  const reset = await live.rules.reset();

  assert.equal(put.areOwn, true);
  assert.equal(during, true);
  assert.equal(reset.areOwn, false);
  assert.equal(isSure(totalOf()), false);
  await assert.rejects(readFile(join(rulesDir, 'extraction-rules.json')), /ENOENT/);
});
