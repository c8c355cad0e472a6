import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withTypedValue } from '../../src/domain/correction.ts';
import type { Reading } from '../../src/domain/reading.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { createClassifier } from '../../src/pipeline/classifier.ts';
import { loadKnowledge } from '../../src/pipeline/knowledge.ts';
import { createLearning } from '../../src/pipeline/learning.ts';
import { understandWith } from '../../src/pipeline/understanding.ts';
import { createLessons } from '../../src/store/lessons.ts';
import { aReading, aTicket } from '../support/builders.ts';
import { manualClock } from '../support/manual-clock.ts';
import { aStore, quiet } from '../support/store.ts';

const configDir = new URL('../../config', import.meta.url).pathname;
const receipt = aReading(
  'XJ9 ~~ LOGO',
  'PASEO DE LA REFORMA 222 LOCAL 4',
  'COL. JUAREZ CUAUHTEMOC CDMX',
  'TOTAL 50.00',
);

async function aSchool(t: Parameters<typeof aStore>[0]) {
  const { connection } = await aStore(t);
  const clock = manualClock();
  const lessons = await createLessons(connection, clock);
  const knowledge = await loadKnowledge({ configDir, rulesDir: null });
  const readings = new Map<string, Reading>();
  const open = () =>
    createLearning({
      ...{ lessons, clock, log: quiet, catalog: () => knowledge.catalog },
      readings: { get: async (id) => readings.get(id) ?? null },
    });
  const classifierWith = (learning: ReturnType<typeof open>) =>
    createClassifier({ understanding: understandWith(knowledge), learning, semantic: null });
  return { clock, lessons, readings, open, classifierWith };
}

function corrected(ticket: Ticket, name: string): Ticket {
  return { ...ticket, ...withTypedValue(ticket, 'merchant', name) };
}

test("a person's correction names the merchant of the next receipt of that shop, in this process at once and in others soon", async (t) => {
  const { clock, readings, open, classifierWith } = await aSchool(t);
  const [here, elsewhere] = [open(), open()];
  const ticket = aTicket({ companyId: 'acme' });
  readings.set(ticket.id, receipt);
  await elsewhere.evidence('acme', receipt);

  await here.teach(ticket, corrected(ticket, 'la torre de café'), 'ana');

  const found = await classifierWith(here)(receipt, 'acme');
  assert.equal(found.merchant?.name, 'la torre de café');
  assert.equal(found.merchant?.method, 'learned');
  assert.equal((await classifierWith(elsewhere)(receipt, 'acme')).merchant?.method, 'header');
  clock.advance(11_000);
  assert.equal((await classifierWith(elsewhere)(receipt, 'acme')).merchant?.method, 'learned');
  assert.equal((await classifierWith(here)(receipt, 'beta')).merchant?.method, 'header');
});

test("a name of the catalogue, however it is typed, is the catalogue's merchant", async (t) => {
  const { readings, open, classifierWith } = await aSchool(t);
  const learning = open();
  const ticket = aTicket({ companyId: 'acme' });
  readings.set(ticket.id, receipt);

  await learning.teach(ticket, corrected(ticket, 'farmacias guadalajara'), 'ana');

  const { merchant } = await classifierWith(learning)(receipt, 'acme');
  assert.equal(merchant?.id, 'farmacias-guadalajara');
});

test('a correction of another field, or of a document that was not read as text, teaches nothing', async (t) => {
  const { lessons, readings, open } = await aSchool(t);
  const learning = open();
  const ticket = aTicket({ companyId: 'acme' });
  const named = corrected(ticket, 'Cafe Sur');

  await learning.teach(ticket, named, 'ana');
  readings.set(ticket.id, receipt);
  await learning.teach(named, { ...named, ...withTypedValue(named, 'total', '5.00') }, 'ana');

  assert.deepEqual(await lessons.of('acme', 5), []);
});

test('a lesson that is undone has no effect any more', async (t) => {
  const { clock, lessons, readings, open, classifierWith } = await aSchool(t);
  const learning = open();
  const ticket = aTicket({ companyId: 'acme' });
  readings.set(ticket.id, receipt);
  await learning.teach(ticket, corrected(ticket, 'Cafe Sur'), 'ana');
  await learning.evidence('acme', receipt);

  await lessons.forget('acme', ticket.id);
  clock.advance(11_000);

  assert.equal((await classifierWith(learning)(receipt, 'acme')).merchant?.method, 'header');
});
