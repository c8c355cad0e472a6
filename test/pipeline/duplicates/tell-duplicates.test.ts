import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Extraction, FieldValue } from '../../../src/domain/document.ts';
import { describeTicket } from '../../../src/notifier/describe.ts';
import { tellingDuplicates } from '../../../src/pipeline/duplicates/tell-duplicates.ts';
import type { Step } from '../../../src/pipeline/step.ts';
import { createSeenDocuments } from '../../../src/store/seen-documents.ts';
import { anArrival, aReading } from '../../support/builders.ts';
import { aPipeline } from '../../support/pipeline.ts';

const picture = 'f0'.repeat(32);
const receipt = { merchant: 'OXXO', date: '2026-01-14', total: '99.50', folio: '1201' };

function read(value: string): FieldValue {
  return { value, confidence: 0.95, box: null, source: 'ocr/label' };
}

/** A step that finds what each ticket's file name says. */
function findingFields(found: ReadonlyMap<string, Record<string, string>>): Step {
  return {
    queue: 'extract',
    stage: 'FIELD_EXTRACTION',
    run: async (ticket) => {
      const values = found.get(ticket.file.name) ?? {};
      const fields: Extraction['fields'] = Object.fromEntries(
        Object.entries(values).map(([name, value]) => [name, read(value)]),
      );
      return { to: 'COMPLETED', patch: { fields, reasons: [] } };
    },
  };
}

async function aShop(t: TestContext, found: Record<string, Record<string, string>>) {
  const pipeline = await aPipeline(t);
  const { tickets, readings, run, clock, connection } = pipeline;
  const seen = createSeenDocuments(connection, clock);
  const step = tellingDuplicates(findingFields(new Map(Object.entries(found))), { seen, readings, tickets });

  async function taken(fileName: string): Promise<string> {
    const { id } = await pipeline.intake(anArrival({ fileName }));
    for (const stage of ['OCR_PROCESSING', 'MERCHANT_CLASSIFICATION', 'FIELD_EXTRACTION'] as const) {
      const at = await tickets.load(id);
      assert.ok(at && (await tickets.move(at, stage)));
    }
    await readings.save(id, { ...aReading('TOTAL 99.50'), pictureHash: picture });
    return id;
  }

  async function work(id: string) {
    const payload = { ticketId: id, revision: 1 };
    const message = {
      id: 'm',
      queue: 'extract',
      priority: 'NORMAL' as const,
      payload,
      attempt: 1,
      isLastAttempt: false,
    };
    await run(step)(message, new AbortController().signal);
    const at = await tickets.load(id);
    assert.ok(at);
    return at.ticket;
  }

  return { ...pipeline, taken, work };
}

test('the same receipt photographed twice is told with the first, and taken once', async (t) => {
  const { taken, work } = await aShop(t, { 'a.jpg': receipt, 'b.jpg': receipt });

  const first = await work(await taken('a.jpg'));
  const second = await work(await taken('b.jpg'));

  assert.deepEqual([first.stage, second.stage, second.duplicateOf], ['COMPLETED', 'DUPLICATE', first.id]);
  assert.deepEqual(second.fields, {});
  assert.match(describeTicket(second, 'es', first), /ya estaba registrado/);
});

test('two purchases of one shop, day and amount are two', async (t) => {
  const { taken, work } = await aShop(t, { 'a.jpg': receipt, 'b.jpg': { ...receipt, folio: '1202' } });

  const stages = [(await work(await taken('a.jpg'))).stage, (await work(await taken('b.jpg'))).stage];

  assert.deepEqual(stages, ['COMPLETED', 'COMPLETED']);
});

test('the same picture without a readable folio is known again', async (t) => {
  const { folio: _, ...unread } = receipt;
  const { taken, work } = await aShop(t, { 'a.jpg': unread, 'b.jpg': unread });

  const stages = [(await work(await taken('a.jpg'))).stage, (await work(await taken('b.jpg'))).stage];

  assert.deepEqual(stages, ['COMPLETED', 'DUPLICATE']);
});

test('of several that come at once exactly one is taken', async (t) => {
  const names = ['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg'];
  const { taken, work } = await aShop(t, Object.fromEntries(names.map((name) => [name, receipt])));
  const ids = await Promise.all(names.map(taken));

  const ended = await Promise.all(ids.map(work));

  const [first, ...others] = ended.filter(({ stage }) => stage === 'COMPLETED');
  assert.deepEqual(
    [others.length, new Set(ended.map(({ duplicateOf }) => duplicateOf))],
    [0, new Set([null, first?.id])],
  );
});

test('a document that is delivered again is no duplicate of itself', async (t) => {
  const { taken, tickets, work } = await aShop(t, { 'a.jpg': receipt });
  const first = await work(await taken('a.jpg'));
  for (const stage of ['UPLOADED', 'OCR_PROCESSING', 'MERCHANT_CLASSIFICATION', 'FIELD_EXTRACTION'] as const) {
    const at = await tickets.load(first.id);
    assert.ok(at && (await tickets.move(at, stage)));
  }

  assert.equal((await work(first.id)).stage, 'COMPLETED');
});

test('a first that failed does not stand in the way', async (t) => {
  const { taken, tickets, work } = await aShop(t, { 'a.jpg': receipt, 'b.jpg': receipt });
  const first = await tickets.load((await work(await taken('a.jpg'))).id);
  assert.ok(first);
  await tickets.move((await tickets.move(first, 'UPLOADED')) ?? first, 'FAILED');

  assert.equal((await work(await taken('b.jpg'))).stage, 'COMPLETED');
});

test('a corrected first is not taken for what it was', async (t) => {
  const { taken, tickets, work } = await aShop(t, { 'a.jpg': receipt, 'b.jpg': receipt });
  const first = await tickets.load((await work(await taken('a.jpg'))).id);
  assert.ok(first);
  await tickets.amend(first, { fields: { ...first.ticket.fields, total: read('100.00') } }, 'corrected');

  assert.equal((await work(await taken('b.jpg'))).stage, 'COMPLETED');
});
