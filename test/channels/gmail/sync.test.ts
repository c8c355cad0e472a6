import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { GmailApi, Minimal, Reference } from '../../../src/channels/gmail/google/gmail-api.ts';
import { GoogleError } from '../../../src/channels/gmail/google/google-error.ts';
import type { Session } from '../../../src/channels/gmail/google/mailbox-session.ts';
import { createSync } from '../../../src/channels/gmail/sync.ts';
import { createMailboxMessages } from '../../../src/store/mailbox-messages.ts';
import { createMailboxes, type Mailbox } from '../../../src/store/mailboxes.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { aStore, quiet } from '../../support/store.ts';

const address = 'ana@example.test';
const place = { channel: 'telegram', account: 'bot', chat: '77' };

/** A mailbox that was read up to 1000, before what `api` says. */
async function aSync(t: TestContext, api: Partial<GmailApi>) {
  const { connection } = await aStore(t);
  const clock = manualClock();
  const mailboxes = await createMailboxes(connection);
  const messages = await createMailboxMessages(connection);
  const owner = { channel: 'telegram', account: 'bot', sender: '77' };
  const fresh = { address, companyId: 'acme', owner, place, language: 'es', tokens: Buffer.of(1) } as const;
  const mailbox = await mailboxes.link({ ...fresh, historyId: '1000', linkedAt: clock.now() });
  const session: Session = { call: (ask) => ask(api as GmailApi) }; // what is not asked for is not there
  const sync = createSync({ mailboxes, messages, clock, log: quiet });
  const cursor = async () => (await mailboxes.get(address))?.historyId;
  return { run: () => sync(session, mailbox as Mailbox), cursor, messages, mailboxes, clock }; // it was just linked
}

const reference = (number: number): Reference => ({ id: `m${number}`, threadId: `t${number}` });
const record = (id: number) => ({
  id: String(id),
  messagesAdded: [{ message: { ...reference(id), labelIds: ['INBOX'] } }],
  labelsRemoved: [],
});

function aMinimal(id: string, changes: Partial<Minimal> = {}): Minimal {
  return { id, threadId: id, labelIds: ['INBOX'], historyId: '2000', internalDate: '0', ...changes };
}

const forgotten = async (): Promise<never> => {
  throw new GoogleError(404, 'notFound', 'gone');
};

test('a long history is read page by page, and the cursor goes no further than what was journaled', async (t) => {
  const pages = [
    { history: [record(1_001), record(1_002)], historyId: '9000', nextPageToken: 'two' },
    { history: [record(1_003)], historyId: '9000' },
  ];
  const world = await aSync(t, {
    history: async (_start, pageToken) => {
      if (pageToken === 'two') assert.equal(await world.cursor(), '1002');
      return pages[pageToken === 'two' ? 1 : 0] ?? { history: [], historyId: '0' };
    },
  });

  await world.run();

  assert.equal(await world.cursor(), '9000');
  assert.equal(await world.messages.waiting(address), 3);
});

test('a cursor never goes back, nor loses digits', async (t) => {
  const history = [
    { history: [], historyId: '999' },
    { history: [], historyId: '123456789012345678901' },
  ];
  const world = await aSync(t, { history: async () => history.shift() ?? { history: [], historyId: '0' } });

  await world.run();
  assert.equal(await world.cursor(), '1000');
  await world.run();

  assert.equal(await world.cursor(), '123456789012345678901');
});

test('a history without end is left for the next turn after twenty pages', async (t) => {
  let asked = 0;
  const world = await aSync(t, {
    history: async () => {
      asked += 1;
      return { history: [record(1_000 + asked)], historyId: '9000', nextPageToken: 'more' };
    },
  });

  await world.run();

  assert.equal(asked, 20);
  assert.equal(await world.cursor(), '1020');
});

test('a resync looks at a thousand mails at most, and goes on from where the mailbox is', async (t) => {
  let listed = 0;
  const world = await aSync(t, {
    history: forgotten,
    profile: async () => ({ emailAddress: address, historyId: '5000' }),
    messages: async (count: number) => {
      const messages = Array.from({ length: count }, (_, index) => reference(listed + index));
      listed += count;
      return { messages, nextPageToken: 'more' };
    },
    minimal: async (id) => aMinimal(id),
  });

  await world.run();

  assert.equal(listed, 1_000);
  assert.equal(await world.messages.waiting(address), 1_000);
  assert.equal(await world.cursor(), '5000');
});

test('a resync takes what arrived since the last time and what changed since the cursor, not the old and the deleted', async (t) => {
  const looked: string[] = [];
  const world = await aSync(t, {
    history: forgotten,
    profile: async () => ({ emailAddress: address, historyId: '5000' }),
    messages: async () => ({ messages: [0, 1, 2, 3, 4, 5].map(reference) }),
    minimal: async (id) => {
      looked.push(id);
      const recent = String(world.clock.now().getTime());
      if (id === 'm1') return aMinimal(id, { historyId: '900', internalDate: recent });
      if (id === 'm2') return aMinimal(id, { historyId: '1001' });
      if (id === 'm3') return aMinimal(id, { historyId: '900' });
      if (id === 'm4') return aMinimal(id, { labelIds: ['TRASH'] });
      return forgotten();
    },
  });

  await world.messages.add([{ mailbox: address, messageId: 'm0', threadId: 't0' }], world.clock.now());

  await world.run();

  assert.ok(!looked.includes('m0'), 'what was heard of is not looked at again');
  assert.deepEqual(await world.messages.known(address, ['m1', 'm2', 'm3', 'm4', 'm5']), new Set(['m1', 'm2']));
});

test('a gateway without getProfile is asked for its newest mail', async (t) => {
  const world = await aSync(t, {
    history: forgotten,
    profile: forgotten,
    messages: async () => ({ messages: [reference(1)] }),
    minimal: async (id) => aMinimal(id, { historyId: '4321' }),
  });

  await world.run();

  assert.equal(await world.cursor(), '4321');
});

test('what is no refusal of the cursor ends the turn and moves nothing', async (t) => {
  const history = async (): Promise<never> => {
    throw new GoogleError(500, 'backendError', 'down');
  };
  const world = await aSync(t, { history });

  await assert.rejects(world.run(), { status: 500 });

  assert.equal(await world.cursor(), '1000');
});
