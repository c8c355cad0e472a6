import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createListeners } from '../../../src/channels/webchat/listeners.ts';

test('a ninth stream of one chat is refused, until one of the eight ends', () => {
  const listeners = createListeners();
  const [first] = Array.from({ length: 8 }, () => listeners.open('chat-1'));

  assert.throws(() => listeners.open('chat-1'), { code: 'too-many-requests' });
  assert.doesNotThrow(() => listeners.open('chat-2'));
  first?.close();
  first?.close();
  assert.doesNotThrow(() => listeners.open('chat-1'));
  assert.throws(() => listeners.open('chat-1'));
});

test('all chats together have five hundred streams at most', () => {
  const listeners = createListeners();
  for (let chat = 0; chat < 500; chat += 1) listeners.open(`chat-${chat}`);

  assert.throws(() => listeners.open('one-more'), { code: 'too-many-requests' });
});

test('a wake-up reaches its chat only', async () => {
  const listeners = createListeners();
  const ended = new AbortController();
  const woken: string[] = [];
  const mine = listeners.wakeUp('chat-1', ended.signal).then(() => woken.push('chat-1'));
  const other = listeners.wakeUp('chat-2', ended.signal).then(() => woken.push('chat-2'));

  listeners.wake('chat-1');
  await mine;

  assert.deepEqual(woken, ['chat-1']);
  ended.abort();
  await other;
});

test('the end of the service ends every stream', () => {
  const listeners = createListeners();
  const { signal } = listeners.open('chat-1');

  listeners.endAll();

  assert.equal(signal.aborted, true);
});
