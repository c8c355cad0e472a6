import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Answer, Channel, Notice } from '../../../src/channels/channel.ts';
import { Failure } from '../../../src/domain/failure.ts';
import { createBatcher } from '../../../src/notifier/batch/batcher.ts';
import { createHold } from '../../../src/notifier/hold.ts';
import { createNotifier } from '../../../src/notifier/notifier.ts';
import { createAnswerBatches } from '../../../src/store/answer-batches.ts';
import { createOutgoingBox } from '../../../src/store/outgoing.ts';
import { anArrival } from '../../support/builders.ts';
import { fieldsOf } from '../../support/conversation.ts';
import { aPipeline } from '../../support/pipeline.ts';
import { quiet } from '../../support/store.ts';

interface Options {
  hasCards?: boolean;
  /** When quiet hours end, for chats in which nobody is. */
  quietEnd?: Date;
}

/** A channel with the real notifier behind it, and documents that come to it. */
async function aWorld(t: TestContext, { hasCards = false, quietEnd }: Options = {}) {
  const pipeline = await aPipeline(t);
  const { tickets, intake, clock, connection } = pipeline;
  const answers: Answer[] = [];
  const notices: Notice[] = [];
  const outgoing = await createOutgoingBox(connection);
  const tell = async (_channel: string, notice: Notice) => void notices.push(notice);
  const shared = { tickets, outgoing, clock, log: quiet };
  const batcher = createBatcher({ ...shared, batches: await createAnswerBatches(connection), tell });
  const hold = createHold({ ...shared, batcher, quietEnd: async () => quietEnd ?? null });
  const channel: Channel = {
    name: 'webchat',
    hasCards,
    state: () => ({ status: 'receiving', since: new Date(0), lastError: null }),
    start: async () => undefined,
    stop: async () => undefined,
    tell: async () => undefined,
    send: async (answer) => void answers.push(answer),
  };
  const notify = createNotifier({ ...shared, hold, noteAnswer: () => undefined })(channel);

  async function arrive(count: number): Promise<string[]> {
    const ids: string[] = [];
    for (let index = 0; index < count; index += 1) ids.push((await intake(anArrival())).id);
    return ids;
  }

  async function end(id: string, total?: string, currency = 'MXN'): Promise<void> {
    for (const stage of ['OCR_PROCESSING', 'MERCHANT_CLASSIFICATION', 'FIELD_EXTRACTION'] as const) {
      const at = await tickets.load(id);
      assert.ok(at);
      await tickets.move(at, stage);
    }
    const at = await tickets.load(id);
    assert.ok(at);
    const fields = fieldsOf({ merchant: 'Oxxo', currency, ...(total ? { total } : {}) });
    const reasons = total ? [] : ['missing:total' as const];
    await tickets.move(at, total ? 'COMPLETED' : 'HUMAN_REVIEW', { fields, reasons });
    await answer(id);
  }

  async function answer(id: string, isLastAttempt = false): Promise<void> {
    const revision = (await tickets.load(id))?.revision ?? 0;
    const delivery = { id, queue: 'answer-webchat', priority: 'NORMAL', payload: { ticketId: id, revision } } as const;
    await notify({ ...delivery, attempt: 1, isLastAttempt }, new AbortController().signal);
  }

  return { ...pipeline, answers, notices, outgoing, batcher, channel, arrive, end, answer };
}

test('twenty documents in a minute make one summary in place of twenty messages', async (t) => {
  const { arrive, end, answers, notices, batcher, clock } = await aWorld(t);
  const ids = await arrive(20);
  for (const [index, id] of ids.entries()) await end(id, index < 17 ? '100.10' : undefined, index < 2 ? 'USD' : 'MXN');
  clock.advance(2_000);

  await batcher.lookAll();
  await batcher.lookAll();

  assert.equal(answers.length, 0);
  assert.equal(notices.length, 1);
  assert.deepEqual(notices[0]?.reply.buttons?.[0], [{ label: '✏️ Oxxo', data: `cmd:fix:${ids[17]}` }]);
  assert.equal(
    notices[0]?.reply.text.replaceAll('\u00a0', ' '),
    `Terminé tus 20 documentos:

✅ 17 registrados
👀 3 por revisar

Total: USD 200.20
Total MXN: $1,501.50

Necesitan tu atención:
• Oxxo: no encontré: total
• Oxxo: no encontré: total
• Oxxo: no encontré: total`,
  );
});

test('the summary comes when the last document has its end', async (t) => {
  const { arrive, end, notices, batcher, clock } = await aWorld(t);
  const [last = '', ...ids] = await arrive(20);
  for (const id of ids) await end(id, '1.00');
  clock.advance(2_000);

  await batcher.lookAll();
  assert.equal(notices.length, 0);
  await end(last, '1.00');
  clock.advance(2_000);
  await batcher.lookAll();

  assert.match(notices[0]?.reply.text ?? '', /^Terminé tus 20 documentos/);
});

test('the first documents, answered before the burst was seen, are counted in it, and in no later one', async (t) => {
  const { arrive, end, answers, notices, batcher, clock } = await aWorld(t);
  for (const id of await arrive(2)) await end(id, '1.00');
  clock.advance(1_000);
  for (const id of await arrive(20)) await end(id, '1.00');
  clock.advance(2_000);
  await batcher.lookAll();

  clock.advance(20_000);
  for (const id of await arrive(20)) await end(id, '1.00');
  clock.advance(2_000);
  await batcher.lookAll();

  assert.equal(answers.length, 2);
  const titles = notices.map(({ reply }) => reply.text.split('\n')[0]);
  assert.deepEqual(titles, ['Terminé tus 22 documentos:', 'Terminé tus 20 documentos:']);
});

test('a document that never ends does not keep the others from being told', async (t) => {
  const { arrive, end, notices, batcher, clock } = await aWorld(t);
  const [, ...ids] = await arrive(20);
  for (const id of ids) await end(id, '1.00');

  clock.advance(10 * 60_000 + 1);
  await batcher.lookAll();

  assert.match(notices[0]?.reply.text ?? '', /^Terminé tus 19 documentos/);
});

test('a channel with a card for each document keeps them and adds the summary', async (t) => {
  const { arrive, end, answers, notices, batcher, clock } = await aWorld(t, { hasCards: true });
  for (const id of await arrive(20)) await end(id, '1.00');
  clock.advance(2_000);

  await batcher.lookAll();

  assert.deepEqual([answers.length, notices.length], [20, 1]);
});

test('a few documents are answered one by one, as soon as they are surely no batch', async (t) => {
  const { arrive, end, answer, answers, clock, outgoing } = await aWorld(t);
  const ids = await arrive(4);
  for (const id of ids) await end(id, '1.00');
  assert.equal(answers.length, 0);
  assert.equal(await outgoing.waiting('webchat'), 4);

  clock.advance(4_000);
  for (const id of ids) await answer(id);

  assert.equal(answers.length, 4);
});

test('two documents at once are answered at once', async (t) => {
  const { arrive, end, answers } = await aWorld(t);

  for (const id of await arrive(2)) await end(id, '1.00');

  assert.equal(answers.length, 2);
});

test('what is done to one document of a batch later is answered by itself', async (t) => {
  const { arrive, end, answer, answers, tickets, clock } = await aWorld(t);
  const ids = await arrive(20);
  for (const id of ids) await end(id);
  clock.advance(60_000);
  const at = await tickets.load(ids[0] ?? '');
  assert.ok(at);
  await tickets.move(at, 'COMPLETED');

  await answer(ids[0] ?? '');

  assert.equal(answers.length, 1);
});

test('in quiet hours the answer to an old document waits until morning, to a fresh one it does not', async (t) => {
  const quietEnd = new Date('2026-01-15T13:00:00Z');
  const { arrive, end, answer, answers, clock, connection } = await aWorld(t, { quietEnd });
  const [fresh = '', old = ''] = await arrive(2);
  await end(fresh, '1.00');
  clock.advance(30 * 60_000);

  await end(old, '2.00');
  await answer(old);

  assert.deepEqual(
    answers.map(({ ticketId }) => ticketId),
    [fresh],
  );
  const waiting = await connection.collection('outgoing').find().toArray();
  assert.deepEqual(
    waiting.map(({ dueAt }) => dueAt),
    [quietEnd],
  );
});

test('an answer whose chat cannot be reached is kept for a day of further attempts instead of among the dead letters', async (t) => {
  const { arrive, end, answer, channel, outgoing } = await aWorld(t);
  channel.send = async () => {
    throw new Failure('channel-unavailable', 'retry', 'no network');
  };
  const [id = ''] = await arrive(1);

  await assert.rejects(end(id, '1.00'));
  assert.equal(await outgoing.waiting('webchat'), 0);
  await answer(id, true);

  assert.equal(await outgoing.waiting('webchat'), 1);
});
