import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { GoogleError } from '../../../src/channels/gmail/google/google-error.ts';
import type { Session } from '../../../src/channels/gmail/google/mailbox-session.ts';
import { createTurn, gmailPace, type TurnDeps } from '../../../src/channels/gmail/mailbox-turn.ts';
import { createMailboxMessages } from '../../../src/store/mailbox-messages.ts';
import { createMailboxes, type Mailbox } from '../../../src/store/mailboxes.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { aStore, quiet } from '../../support/store.ts';

const address = 'ana@example.test';
const owner = { channel: 'telegram', account: 'bot', sender: '77' };

/** A mailbox with nothing new, at a time that stands still. */
async function aTurn(t: TestContext, changes: Partial<TurnDeps> = {}) {
  const { connection } = await aStore(t);
  const clock = manualClock();
  const mailboxes = await createMailboxes(connection);
  const messages = await createMailboxMessages(connection);
  const place = { channel: 'telegram', account: 'bot', chat: '77' };
  const fresh = { address, companyId: 'acme', owner, place, language: 'es', tokens: Buffer.of(1) } as const;
  await mailboxes.link({ ...fresh, historyId: '1', linkedAt: clock.now() });
  const told: string[] = [];
  const nothing = async () => undefined;
  const deps: TurnDeps = {
    ...{ mailboxes, messages, clock, log: quiet, pace: gmailPace },
    ...{ keepWatch: nothing, sync: nothing, takeMail: nothing, finishMail: nothing },
    openSession: () => ({ call: () => Promise.reject(new Error('nobody asks')) }) satisfies Session,
    conversation: { known: async () => ({ id: 'p', companyId: 'acme', language: null }) },
    tell: async (_channel, { reply }) => void told.push(reply.text),
    ...changes,
  };
  const claim = () => mailboxes.claim(clock.now(), new Date(clock.now().getTime() + 60_000));
  const get = async () => (await mailboxes.get(address)) as Mailbox; // it was linked above
  return { ...deps, clock, mailboxes, messages, told, claim, get, turn: createTurn(deps) };
}

const running = new AbortController().signal;

test('a mailbox is due again after five seconds, or at once when it was rung meanwhile', async (t) => {
  const world = await aTurn(t);
  const first = await world.claim();
  assert.equal(await world.claim(), null);

  await world.turn(first as Mailbox, running); // it was free
  world.clock.advance(4_999);
  assert.equal(await world.claim(), null);
  world.clock.advance(1);
  const second = await world.claim();
  world.clock.advance(10);
  await world.mailboxes.ring(address, world.clock.now());
  await world.turn({ ...(second as Mailbox) }, running);

  assert.ok(await world.claim());
});

test('each refusal in a row makes the pause longer, to five minutes; a good turn forgets them', async (t) => {
  let isDown = true;
  const sync = async () => {
    if (isDown) throw new GoogleError(503, '', 'down');
  };
  const world = await aTurn(t, { sync });
  const pausesMs: number[] = [];

  for (let turns = 0; turns < 9; turns += 1) {
    const began = world.clock.now().getTime();
    let mailbox = await world.claim();
    while (mailbox === null) {
      world.clock.advance(500);
      mailbox = await world.claim();
    }
    pausesMs.push(world.clock.now().getTime() - began);
    await world.turn(mailbox, running);
  }

  assert.ok((pausesMs[1] ?? 0) >= 4_000 && (pausesMs[1] ?? 0) <= 6_500);
  assert.ok((pausesMs[4] ?? 0) > 2 * (pausesMs[2] ?? 0));
  assert.ok((pausesMs[8] ?? 0) <= 360_500);
  assert.equal((await world.get()).failures, 9);
  isDown = false;
  await world.turn(await world.get(), running);
  assert.deepEqual([(await world.get()).failures, (await world.get()).lastError], [0, null]);
});

test('Google is not believed that wants to be left alone for longer than an hour', async (t) => {
  const sync = async (): Promise<never> => {
    throw new GoogleError(429, '', 'slow', new Date(world.clock.now().getTime() + 30 * 24 * 3_600_000));
  };
  const world = await aTurn(t, { sync });

  await world.turn(await world.get(), running);

  const until = (await world.get()).suspendUntil?.getTime() ?? 0;
  assert.equal(until - world.clock.now().getTime(), 3_600_000);
});

test('a mail that cannot be taken in is put off, and does not keep the next one waiting', async (t) => {
  const taken: string[] = [];
  const world = await aTurn(t, {
    takeMail: async (_session, _mailbox, { messageId, id }) => {
      if (messageId === 'bad') throw new Error('a bug');
      taken.push(messageId);
      await world.messages.took(
        id,
        { outcome: 'documents', from: null, isVerified: false, ticketIds: [], hasRefused: false, reply: null },
        world.clock.now(),
      );
    },
  });
  await world.messages.add(
    ['bad', 'good'].map((messageId) => ({ mailbox: address, messageId, threadId: 't' })),
    world.clock.now(),
  );

  await world.turn(await world.get(), running);

  assert.deepEqual(taken, ['good']);
  assert.equal(await world.messages.waiting(address), 1);
  assert.equal(await world.messages.next(address, world.clock.now()), null);
});

test('a mail that is never taken in is given up after twelve tries, labelled and told; one that kills whoever takes it too', async (t) => {
  const tried: string[] = [];
  const takeMail: TurnDeps['takeMail'] = async (_session, _mailbox, { messageId }) => {
    tried.push(messageId);
    throw new Error('a bug');
  };
  const world = await aTurn(t, { takeMail });
  await world.messages.add([{ mailbox: address, messageId: 'bad', threadId: 't' }], world.clock.now());

  for (let turns = 0; turns < 12; turns += 1) {
    await world.turn(await world.get(), running);
    world.clock.advance(400_000);
  }

  assert.equal(await world.messages.waiting(address), 0);
  assert.match(world.told.at(-1) ?? '', /No pude leerlo/);
  const [pending] = await world.messages.pending(address, world.clock.now(), 1);
  assert.equal(pending?.taken?.hasRefused, true);
  await world.messages.add([{ mailbox: address, messageId: 'deadly', threadId: 't' }], world.clock.now());
  for (let deaths = 0; deaths < 12; deaths += 1) await world.messages.next(address, world.clock.now());
  await world.turn(await world.get(), running);
  assert.equal(await world.messages.waiting(address), 0);
  assert.ok(!tried.includes('deadly'));
});

test('a turn that is stopped leaves the mailbox to the next process', async (t) => {
  const stopping = new AbortController();
  const sync = async () => {
    stopping.abort();
    stopping.signal.throwIfAborted();
  };
  const world = await aTurn(t, { sync });

  await world.turn((await world.claim()) as Mailbox, stopping.signal); // it was free

  assert.ok(await world.claim());
  assert.equal((await world.get()).failures, 0);
});
