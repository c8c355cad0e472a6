import { randomBytes } from 'node:crypto';
import type { TestContext } from 'node:test';
import type { Channel, Notice } from '../../../src/channels/channel.ts';
import { createGmail, type GmailDeps } from '../../../src/channels/gmail/gmail.ts';
import { openMailboxes } from '../../../src/channels/gmail/open-mailboxes.ts';
import type { Said } from '../../../src/conversation/conversation.ts';
import type { Stage } from '../../../src/domain/stage.ts';
import { route } from '../../../src/flow.ts';
import { describeFailure } from '../../../src/notifier/describe.ts';
import { createNotifier } from '../../../src/notifier/notifier.ts';
import { createIntake } from '../../../src/pipeline/intake.ts';
import { identifyFile } from '../../../src/pipeline/read/identify-file.ts';
import { createSecrets } from '../../../src/secrets/secrets.ts';
import { createFiles } from '../../../src/store/files.ts';
import { createMailboxLinks } from '../../../src/store/mailbox-links.ts';
import { createMailboxMessages } from '../../../src/store/mailbox-messages.ts';
import { createMailboxes } from '../../../src/store/mailboxes.ts';
import { createPeople } from '../../../src/store/people.ts';
import { createTickets, type TicketPatch } from '../../../src/store/tickets.ts';
import { answersAtOnce } from '../../support/answers-at-once.ts';
import { aGoogle, ana, clientId, clientSecret } from '../../support/gmail-server.ts';
import { realClock } from '../../support/real-clock.ts';
import { aStore, lastFirst, quiet } from '../../support/store.ts';

const publicUrl = 'http://recibot.test';
/** Whoever links in these tests, from a Telegram chat. */
export const said: Omit<Said, 'what'> = {
  ...{ channel: 'telegram', account: 'bot', chat: '77', sender: '77', senderName: 'Ana', language: null, id: 'm-1' },
};

export interface WorldOptions {
  topic?: string;
  pace?: GmailDeps['pace'];
}

/** The channel with the real store and intake behind it and Google on loopback before it. */
export async function aMailWorld(t: TestContext, { topic, pace }: WorldOptions = {}) {
  const ends = lastFirst(t);
  const { connection } = await aStore(ends);
  const google = await aGoogle(ends, publicUrl);
  const told: (Notice & { channel: string })[] = [];
  const tell = async (channel: string, notice: Notice) => {
    if (!told.some(({ id }) => id === notice.id)) told.push({ ...notice, channel });
  };
  const people = await createPeople(connection, realClock);
  const identity = { channel: 'telegram', account: 'bot', sender: '77' };
  const owner = await people.join({ companyId: 'acme', roles: ['member'], name: 'Ana', identity });
  const settings = { clientId, clientSecret, rootUrl: google.root, oauthRootUrl: google.root, topic: topic ?? null };
  const mailboxes = await createMailboxes(connection);
  const messages = await createMailboxMessages(connection);
  const links = await createMailboxLinks(connection);
  const secrets = createSecrets(randomBytes(32).toString('base64'));
  const shared = { mailboxes, messages, secrets, tell, clock: realClock, log: quiet };
  const gmail = openMailboxes(settings, { ...shared, people, links, publicUrl: () => publicUrl });
  const tickets = await createTickets(connection, realClock, route);
  const store = {
    tickets,
    files: await createFiles(connection),
    outbox: { flush: async () => undefined, sweep: async () => 0 },
  };
  const deps: GmailDeps = {
    ...{ gmail, tell, describeFailure, language: 'es', clock: realClock, log: quiet },
    conversation: { known: people.ofIdentity },
    intake: createIntake({ ...store, identify: identifyFile, profile: 'balanced', log: quiet }),
    pace: pace ?? { pollMs: 50, firstPauseMs: { limited: 200, away: 100 } },
  };
  const channel = createGmail(deps);
  if (!channel) throw new Error('the settings name a client');
  ends.after(() => channel.stop());

  /** All the way: the link in the chat, agreeing, and the way back. */
  async function link(email: string = ana, who: Omit<Said, 'what'> = said, companyId = 'acme') {
    const text = await gmail.linking.invite(companyId, who, 'es');
    const back = new URL(await google.agree(linkIn(text), email));
    return gmail.linking.complete({ state: back.searchParams.get('state') ?? '', code: back.searchParams.get('code') });
  }

  async function move(ticketId: string, stage: Stage, patch?: TicketPatch): Promise<void> {
    const at = await tickets.load(ticketId);
    if (!at || !(await tickets.move(at, stage, patch))) throw new Error(`cannot move to ${stage}`);
  }

  /** Through the stages to an end, and what the notifier does with it. */
  async function end(ticketId: string, stage: 'COMPLETED' | 'HUMAN_REVIEW' = 'COMPLETED'): Promise<void> {
    await move(ticketId, 'OCR_PROCESSING');
    await move(ticketId, 'MERCHANT_CLASSIFICATION');
    await move(ticketId, 'FIELD_EXTRACTION', { kind: 'receipt' });
    const total = { value: '123.50', confidence: 0.99, box: null, source: 'ocr/label' };
    await move(ticketId, stage, { fields: { total } });
    await answer(channel as Channel, ticketId); // it was looked at above
  }

  /** What a person's confirmation brings about. */
  async function confirm(ticketId: string): Promise<void> {
    await move(ticketId, 'COMPLETED');
    await answer(channel as Channel, ticketId); // it was looked at above
  }

  async function answer(to: Channel, ticketId: string): Promise<void> {
    const at = await tickets.load(ticketId);
    const payload = { ticketId, revision: at?.revision ?? 0 };
    const delivery = { id: 'x', queue: 'q', priority: 'NORMAL', attempt: 1, isLastAttempt: false, payload } as const;
    await createNotifier({ tickets, ...answersAtOnce })(to)(delivery, new AbortController().signal);
  }

  const all = () => tickets.latest('acme', { limit: 200 });
  return {
    ...{ google, inbox: google.mailboxOf(ana), told, people, owner, gmail, deps, channel, tickets, connection },
    ...{ link, end, confirm, all, count: async () => (await all()).length },
    texts: () => told.map(({ reply }) => reply.text),
    /** Mails that were taken in, as they ended. */
    outcomes: async () => {
      const found = await connection
        .collection('mailbox_messages')
        .find({ taken: { $ne: null } })
        .toArray();
      return found.map(({ taken }) => String(taken.outcome)).sort();
    },
  };
}

export type MailWorld = Awaited<ReturnType<typeof aMailWorld>>;

export function linkIn(text: string): string {
  return /https?:\S+/.exec(text)?.[0] ?? '';
}
