import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createChatOutbox, type NewOutboxEntry } from '../../src/store/chat-outbox.ts';
import { aStore } from '../support/store.ts';

const now = new Date('2026-03-01T12:00:00Z');
const later = (ms: number) => new Date(now.getTime() + ms);

function anEntry(id: string, changes: Partial<NewOutboxEntry> = {}): NewOutboxEntry {
  const place = { channel: 'whatsapp', account: 'main', chat: 'ana' };
  const content = { kind: 'text', text: id } as const;
  const times = { createdAt: now, expiresAt: later(1_000_000) };
  return { id, ...place, content, quoted: null, ticketId: null, messageId: `M-${id}`, ...times, ...changes };
}

const claim = { channel: 'whatsapp', account: 'main', now: later(1), until: later(60_000), exceptChats: [] };

test('entries are claimed in order, once, and not in chats that are being written to', async (t) => {
  const { connection } = await aStore(t);
  const outbox = await createChatOutbox(connection);
  for (const [id, chat] of [
    ['1', 'ana'],
    ['2', 'ana'],
    ['3', 'bob'],
  ] as const)
    await outbox.put(anEntry(id, { chat }));
  await outbox.put(anEntry('1', { messageId: 'another' }));

  const first = await outbox.claim(claim);
  const second = await outbox.claim({ ...claim, exceptChats: ['ana'] });
  const third = await outbox.claim(claim);
  const none = await outbox.claim(claim);

  assert.deepEqual([first?.id, second?.id, third?.id, none], ['1', '3', '2', null]);
  assert.equal(first?.messageId, 'M-1');
});

test('what was postponed, or left by a process that died, is claimed again; what is done is not', async (t) => {
  const { connection } = await aStore(t);
  const outbox = await createChatOutbox(connection);
  await outbox.put(anEntry('1'));
  const first = await outbox.claim(claim);
  if (first) await outbox.postpone(first, later(10));
  const again = await outbox.claim({ ...claim, now: later(20) });
  const afterDeath = await outbox.claim({ ...claim, now: later(60_001), until: later(90_000) });
  if (afterDeath) await outbox.finish(afterDeath, 'acknowledged');

  const done = await outbox.claim({ ...claim, now: later(900_000) });

  assert.deepEqual([again?.attempts, afterDeath?.attempts, done], [2, 3, null]);
  assert.equal((await outbox.get('1'))?.outcome, 'acknowledged');
});

test('a replaced entry is sent as the new one; the word about the old one does not settle it', async (t) => {
  const { connection } = await aStore(t);
  const outbox = await createChatOutbox(connection);
  await outbox.replace(anEntry('mark', { content: { kind: 'reaction', text: '⏳' }, messageId: 'OLD' }));
  const old = await outbox.claim(claim);
  await outbox.replace(anEntry('mark', { content: { kind: 'reaction', text: '✅' }, messageId: 'NEW' }));
  if (old) await outbox.finish(old, 'acknowledged');

  const next = await outbox.claim(claim);

  assert.equal(next?.messageId, 'NEW');
});
