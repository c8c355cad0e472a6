import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { createMailboxMessages, type MailTaken } from '../../src/store/mailbox-messages.ts';
import { aStore } from '../support/store.ts';

const now = new Date('2026-07-06T10:00:00Z');
const mailbox = 'ana@example.test';
const taken: MailTaken = {
  outcome: 'documents',
  from: null,
  isVerified: false,
  ticketIds: ['a1'],
  hasRefused: false,
  reply: null,
};
const ended = { answerId: 'a1:4', stage: 'COMPLETED', text: 'Total: 1' };

async function messagesOf(t: TestContext) {
  const { connection } = await aStore(t);
  const messages = await createMailboxMessages(connection);
  await messages.add([{ mailbox, messageId: 'm1', threadId: 't1' }], now);
  return messages;
}

test('a mail is journaled once, and waits until it is taken in', async (t) => {
  const messages = await messagesOf(t);

  assert.equal(await messages.add([{ mailbox, messageId: 'm1', threadId: 't1' }], now), 0);
  const found = await messages.next(mailbox, now);
  await messages.took(found?.id ?? '', taken, now);

  assert.equal(await messages.next(mailbox, now), null);
  assert.equal(await messages.next('beto@example.test', now), null);
});

test('an answer that comes while another is being shown is shown after it', async (t) => {
  const messages = await messagesOf(t);
  await messages.took(`${mailbox}:m1`, taken, now);
  const [shown] = await messages.pending(mailbox, now, 5);
  assert.ok(shown);

  await messages.answer(mailbox, 'm1', 'a1', ended, now);
  await messages.settle(shown, { label: null, said: null });

  const [again] = await messages.pending(mailbox, now, 5);
  assert.deepEqual(again?.answers, { a1: ended });
  await messages.settle(again, { label: 'Recibot/Procesado', said: null });
  assert.deepEqual(await messages.pending(mailbox, now, 5), []);
});

test('an answer to a mail that nobody knows is let go', async (t) => {
  const messages = await messagesOf(t);

  assert.equal(await messages.answer(mailbox, 'other', 'a1', ended, now), false);
});

test('mails are forgotten after ninety days, those that wait are not', async (t) => {
  const messages = await messagesOf(t);
  await messages.add([{ mailbox, messageId: 'm2', threadId: 't2' }], now);
  await messages.took(`${mailbox}:m1`, taken, now);

  await messages.forgetBefore(new Date(now.getTime() + 91 * 24 * 3_600_000));

  assert.deepEqual(await messages.known(mailbox, ['m1', 'm2']), new Set(['m2']));
});
