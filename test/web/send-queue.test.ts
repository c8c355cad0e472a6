import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChatAction, Outgoing } from '../../web/src/chat/chat-state.ts';
import { createSendQueue } from '../../web/src/chat/send-queue.ts';
import type { PostOutcome } from '../../web/src/net/api.ts';
import { eventually } from '../support/eventually.ts';

function anOutgoing(message: string): Outgoing {
  const file = new File(['x'], 'a.jpg', { type: 'image/jpeg' });
  return { message, file, previewUrl: null, percent: 0, state: 'waiting', reason: '', at: '2026-01-15' };
}

/** A queue of an open chat whose posts end when and how the test says. */
function aQueue({ isConnected = true } = {}) {
  const posted: { message: string; end(outcome: PostOutcome): void }[] = [];
  const actions: ChatAction[] = [];
  const queue = createSendQueue({
    dispatch: (action) => actions.push(action),
    post: ({ message }) => new Promise((end) => posted.push({ message, end })),
  });
  if (isConnected) queue.connected();
  const stateOf = (message: string) =>
    actions.flatMap((action) =>
      action.type === 'progress' && action.message === message && action.change.state ? [action.change.state] : [],
    );
  return { queue, posted, actions, stateOf };
}

const kept: PostOutcome = { kind: 'kept', receipt: { ticketId: 'ticket-1', documents: [] } };

test('three files are sent at once, the next when one of them ends', async () => {
  const { queue, posted } = aQueue();
  for (const message of ['m1', 'm2', 'm3', 'm4']) queue.add(anOutgoing(message), 'es');
  assert.deepEqual(
    posted.map(({ message }) => message),
    ['m1', 'm2', 'm3'],
  );

  posted[1]?.end(kept);

  await eventually(() => posted.at(-1)?.message, 'm4');
  queue.close();
});

test('a file chosen before the chat is there waits for it', () => {
  const { queue, posted } = aQueue({ isConnected: false });
  queue.add(anOutgoing('m1'), 'es');
  assert.deepEqual(posted, []);

  queue.connected();

  assert.deepEqual(
    posted.map(({ message }) => message),
    ['m1'],
  );
  queue.close();
});

test('a file that got no answer is sent again under the same message id', async () => {
  const { queue, posted, stateOf } = aQueue();
  queue.add(anOutgoing('m1'), 'es');
  posted[0]?.end({ kind: 'again' });
  await eventually(() => stateOf('m1').at(-1), 'again');

  queue.connected();

  assert.deepEqual(
    posted.map(({ message }) => message),
    ['m1', 'm1'],
  );
  queue.close();
});

test('a file refused for good is not sent again, and says why', async () => {
  const { queue, posted, actions, stateOf } = aQueue();
  queue.add(anOutgoing('m1'), 'es');

  posted[0]?.end({ kind: 'refused', message: 'demasiado grande' });
  await eventually(() => stateOf('m1').at(-1), 'refused');
  queue.connected();

  assert.equal(posted.length, 1);
  assert.ok(actions.some((action) => action.type === 'progress' && action.change.reason === 'demasiado grande'));
  queue.close();
});

test('a discarded file is gone and never sent again', async () => {
  const { queue, posted, actions, stateOf } = aQueue();
  queue.add(anOutgoing('m1'), 'es');
  posted[0]?.end({ kind: 'again' });
  await eventually(() => stateOf('m1').at(-1), 'again');

  queue.discard('m1');
  queue.connected();

  assert.equal(posted.length, 1);
  assert.deepEqual(actions.at(-1), { type: 'dropped', message: 'm1' });
  queue.close();
});
