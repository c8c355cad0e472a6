import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ChatMessage, createChatMessages } from '../../src/store/chat-messages.ts';
import { aStore } from '../support/store.ts';

function aMessage(changes: Partial<ChatMessage> = {}): ChatMessage {
  const at = new Date('2026-01-15T12:00:00Z');
  const common = {
    text: 'hola',
    ticketId: null,
    result: null,
    refusal: null,
    saidIn: null,
    buttons: [],
    file: null,
    at,
  };
  return { id: 'message-1', companyId: 'acme', chat: 'chat-1', language: 'es', ...common, ...changes };
}

test('a message kept twice is there once, as it was first', async (t) => {
  const messages = await createChatMessages((await aStore(t)).connection);
  await messages.add(aMessage());

  await messages.add(aMessage({ text: 'otra cosa' }));

  assert.deepEqual(await messages.ofChat('acme', 'chat-1', { limit: 10 }), [aMessage()]);
});

test('a chat’s messages come newest first, after an instant, and none of other chats or companies', async (t) => {
  const messages = await createChatMessages((await aStore(t)).connection);
  const at = (minute: number) => new Date(Date.UTC(2026, 0, 15, 12, minute));
  for (const minute of [1, 3, 2]) await messages.add(aMessage({ id: `m${minute}`, at: at(minute) }));
  await messages.add(aMessage({ id: 'other-chat', chat: 'chat-2', at: at(5) }));
  await messages.add(aMessage({ id: 'other-company', companyId: 'other', at: at(5) }));

  const found = await messages.ofChat('acme', 'chat-1', { since: at(1), limit: 10 });

  assert.deepEqual(
    found.map(({ id }) => id),
    ['m3', 'm2'],
  );
});
