import type { Channel } from '../../../src/channels/channel.ts';
import type { WhatsAppSettings } from '../../../src/channels/whatsapp/settings.ts';
import { createWhatsApp, type WhatsAppDeps, type WhatsAppParts } from '../../../src/channels/whatsapp/whatsapp.ts';
import type { Said } from '../../../src/conversation/conversation.ts';
import type { Stage } from '../../../src/domain/stage.ts';
import { route } from '../../../src/flow.ts';
import { describeFailure } from '../../../src/notifier/describe.ts';
import { createNotifier } from '../../../src/notifier/notifier.ts';
import { createIntake } from '../../../src/pipeline/intake.ts';
import { identifyFile } from '../../../src/pipeline/read/identify-file.ts';
import { createSecrets } from '../../../src/secrets/secrets.ts';
import { createChannelUpdates } from '../../../src/store/channel-updates.ts';
import { createChatAddresses } from '../../../src/store/chat-addresses.ts';
import { createChatOutbox } from '../../../src/store/chat-outbox.ts';
import { createFiles } from '../../../src/store/files.ts';
import { createLeases } from '../../../src/store/leases.ts';
import { createReadings } from '../../../src/store/readings.ts';
import { createSealedEntries } from '../../../src/store/sealed-entries.ts';
import { createTickets, type TicketPatch } from '../../../src/store/tickets.ts';
import { answersAtOnce } from '../../support/answers-at-once.ts';
import { aConversationOn } from '../../support/conversation.ts';
import { realClock } from '../../support/real-clock.ts';
import { aStore, type Ends, lastFirst, quiet } from '../../support/store.ts';
import { aMediaHost } from '../../support/whatsapp/media-host.ts';
import { aPeer } from '../../support/whatsapp/peer.ts';
import { somebody } from '../../support/whatsapp/somebody.ts';

export const secretsKey = Buffer.alloc(32, 7).toString('base64url');

export interface LineOptions {
  settings?: Partial<WhatsAppSettings>;
  parts?: Partial<WhatsAppParts>;
  deps?: Partial<WhatsAppDeps>;
  /** Nobody is let in without a code. */
  isClosed?: boolean;
}

/** The channel with the real store, conversation and intake behind it, and a WhatsApp server before it; `start` may be called again. */
export async function aLine(t: Ends, { settings, parts, deps: changes, isClosed }: LineOptions = {}) {
  const ends = lastFirst(t);
  const { connection } = await aStore(ends);
  const peer = await aPeer(ends);
  const media = await aMediaHost(ends);
  const clock = changes?.clock ?? realClock;
  const tickets = await createTickets(connection, clock, route);
  const outbox = { flush: async () => undefined, sweep: async () => 0 };
  const store = { tickets, files: await createFiles(connection), outbox };
  const world = await aConversationOn(
    { connection, clock, tickets, files: store.files, readings: createReadings(connection) },
    isClosed ? {} : { openCompanyId: 'acme' },
  );
  const heard: Said[] = [];
  const conversation = {
    ...world.conversation,
    handle: (said: Said) => {
      heard.push(said);
      return world.conversation.handle(said);
    },
  };
  const printed: string[] = [];
  const whatsapp: WhatsAppParts = {
    settings: {
      ...{ pairingPhone: null, allowedGroups: [], clientVersion: null, silenceMs: 600_000, wsUrl: peer.url },
      ...{ mediaHost: media.host, uploadHost: media.host, ca: media.ca, noiseRootKey: null, ...settings },
    },
    people: world.people,
    outbox: await createChatOutbox(connection),
    addresses: createChatAddresses(connection),
    sealedEntries: await createSealedEntries(connection, createSecrets(secretsKey)),
    leases: createLeases(connection),
    print: (text) => void printed.push(text),
    pace: { chatMs: 20, groupMs: 20, overallMs: 1 },
    ...parts,
  };
  const deps: WhatsAppDeps = {
    whatsapp,
    ...{ conversation, describeFailure, language: 'es', maxBytes: 16 * 1024 * 1024, clock, log: quiet },
    updates: await createChannelUpdates(connection),
    tickets,
    files: store.files,
    intake: createIntake({ ...store, identify: identifyFile, profile: 'balanced', log: quiet }),
    ...changes,
  };

  /** Called again: as another process would. */
  async function start(other: Partial<WhatsAppParts> = {}): Promise<Channel> {
    const channel = createWhatsApp({ ...deps, whatsapp: { ...whatsapp, ...other } });
    if (!channel) throw new Error('the settings enable it');
    await channel.start();
    ends.after(() => channel.stop());
    return channel;
  }

  async function newest(): Promise<string> {
    return (await tickets.latest('acme', { limit: 1 }))[0]?.id ?? '';
  }

  /** What the pipeline does with the newest, or the named, ticket. */
  async function move(stage: Stage, patch?: TicketPatch, id?: string): Promise<string> {
    const ticketId = id ?? (await newest());
    const at = await tickets.load(ticketId);
    if (!at || !(await tickets.move(at, stage, patch))) throw new Error(`cannot move to ${stage}`);
    return ticketId;
  }

  /** Through the stages to the end, with what a receipt would say. */
  async function readThrough(end: Stage = 'COMPLETED', id?: string): Promise<string> {
    await move('OCR_PROCESSING', {}, id);
    const reading = { provider: 'paddle', profile: 'balanced', confidence: 0.9, ms: 1 } as const;
    await move('MERCHANT_CLASSIFICATION', { reading }, id);
    await move('FIELD_EXTRACTION', { kind: 'receipt' }, id);
    const total = { value: '123.50', confidence: 0.99, box: null, source: 'ocr/label' };
    return move(end, end === 'HUMAN_REVIEW' ? { reasons: ['missing:total'] } : { fields: { total } }, id);
  }

  /** What the service does with a ticket that has come to an end. */
  async function answer(channel: Channel, ticketId: string): Promise<void> {
    const at = await tickets.load(ticketId);
    const payload = { ticketId, revision: at?.revision ?? 0 };
    const delivery = { id: 'x', queue: 'q', priority: 'NORMAL', attempt: 1, isLastAttempt: false, payload } as const;
    await createNotifier({ tickets, ...answersAtOnce })(channel)(delivery, new AbortController().signal);
  }

  return {
    ...{
      connection,
      peer,
      media,
      tickets,
      files: store.files,
      deps,
      whatsapp,
      people: world.people,
      heard,
      printed,
      start,
      newest,
      move,
      readThrough,
      answer,
    },
    ana: somebody(peer, media),
    stages: async () => (await tickets.latest('acme', { limit: 1000 })).map(({ stage }) => stage),
    /** Messages that are done with. */
    done: () => connection.collection('channel_updates').countDocuments({ doneAt: { $ne: null } }),
    kept: () => connection.collection('channel_updates').countDocuments({}),
    /** Reactions that were sent, in order, as the outbox has them. */
    marks: async () => {
      const found = await connection
        .collection('chat_outbox')
        .find({ 'content.kind': 'reaction' })
        .sort({ order: 1 })
        .toArray();
      return found.map(({ content, outcome }) => `${content.text} ${outcome}`);
    },
    texts: () => peer.texts.map(({ text }) => text),
  };
}

export type ALine = Awaited<ReturnType<typeof aLine>>;
