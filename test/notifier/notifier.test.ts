import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Answer, Channel } from '../../src/channels/channel.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { describeFailure } from '../../src/notifier/describe.ts';
import { createNotifier } from '../../src/notifier/notifier.ts';
import { answersAtOnce } from '../support/answers-at-once.ts';
import { anArrival, aPicture } from '../support/builders.ts';
import { aPipeline } from '../support/pipeline.ts';

/** A chat that notes what it is told, and a way to bring it the messages of its tickets. */
async function aChat(t: TestContext) {
  const pipeline = await aPipeline(t);
  const answers: Answer[] = [];
  const channel: Channel = {
    name: 'webchat',
    state: () => ({ status: 'receiving', since: new Date(0), lastError: null }),
    start: async () => undefined,
    stop: async () => undefined,
    send: async (answer) => void answers.push(answer),
  };
  const answer = createNotifier({ ...answersAtOnce, tickets: pipeline.tickets })(channel);

  async function deliver({ id }: Pick<Ticket, 'id'>): Promise<void> {
    const revision = (await pipeline.tickets.load(id))?.revision ?? 0;
    const payload = { ticketId: id, revision };
    const message = {
      id,
      queue: 'answer-webchat',
      priority: 'NORMAL',
      payload,
      attempt: 1,
      isLastAttempt: false,
    } as const;
    await answer(message, new AbortController().signal);
  }

  async function fail({ id }: Pick<Ticket, 'id'>): Promise<void> {
    const at = await pipeline.tickets.load(id);
    assert.ok(at);
    await pipeline.tickets.move(at, 'FAILED', { error: { code: 'encrypted-pdf', message: 'PasswordException' } });
  }

  return { ...pipeline, answers, deliver, fail };
}

test('a copy sent while the first is under way is answered when that one has its end, in its own chat', async (t) => {
  const { intake, clock, outbox, answers, deliver, fail, bus } = await aChat(t);
  const bytes = aPicture();
  const first = await intake(anArrival({ bytes }));
  const copy = await intake(anArrival({ bytes, source: { ...first.source, chat: 'chat-2', message: 'm-2' } }));

  await deliver(copy);
  assert.equal(answers.length, 0);
  await fail(first);
  clock.advance(5_000);
  const waiting = (await bus.depth('answer-webchat')).ready;
  await outbox.sweep();

  // The copy's second message, and the first one's own.
  assert.equal((await bus.depth('answer-webchat')).ready, waiting + 2);
  await deliver(copy);
  assert.equal(answers.length, 1);
  assert.equal(answers[0]?.source.chat, 'chat-2');
  assert.equal(answers[0]?.text, describeFailure('encrypted-pdf', 'es'));
});

test('what went wrong is told without internals, in the result as in the text', async (t) => {
  const { intake, answers, deliver, fail } = await aChat(t);
  const ticket = await intake(anArrival({ language: 'en' }));
  await fail(ticket);

  await deliver(ticket);

  const message = describeFailure('encrypted-pdf', 'en');
  assert.deepEqual(answers[0]?.result.error, { code: 'encrypted-pdf', message });
});
