import { proto, WA_CERT_DETAILS } from '@whiskeysockets/baileys';
import type { Logger } from 'pino';
import type { Conversation } from '../../conversation/conversation.ts';
import type { Clock } from '../../domain/clock.ts';
import type { Language } from '../../domain/language.ts';
import type { DescribeFailure } from '../../http/error-handler.ts';
import type { ChannelUpdates } from '../../store/channel-updates.ts';
import type { ChatAddresses } from '../../store/chat-addresses.ts';
import type { ChatOutbox } from '../../store/chat-outbox.ts';
import type { Leases } from '../../store/leases.ts';
import type { SealedEntries } from '../../store/sealed-entries.ts';
import type { Channel, Intake } from '../channel.ts';
import { createChannelState } from '../channel-state.ts';
import { createFloodGuard } from '../flood-guard.ts';
import { createPace, type PaceLimits } from '../pace.ts';
import { createUpdateWorker } from '../update-worker.ts';
import { createAcknowledgements } from './acknowledgements.ts';
import { type AnswersDeps, createAnswers } from './answers.ts';
import { createAuthState } from './auth-state.ts';
import { createConnect } from './connect.ts';
import { createFirstHand } from './first-hand.ts';
import { createFollowMarks, type FollowMarksDeps } from './follow-marks.ts';
import { createGiveUp } from './give-up.ts';
import { createHandleUpdate } from './handle-update.ts';
import { hushLibsignal } from './hush-libsignal.ts';
import { createJournal } from './journal.ts';
import { createLine } from './line.ts';
import { createMediaDownload } from './media.ts';
import { createNames, type NamesDeps } from './names.ts';
import { createOutgoing } from './outgoing.ts';
import { createReceive } from './receive.ts';
import { createSender } from './sender.ts';
import { account, channelName, type WhatsAppSettings } from './settings.ts';
import { createShowLink } from './show-link.ts';
import { createSupervise } from './supervise.ts';
import { whatsappTexts } from './texts.ts';
import { withLease } from './with-lease.ts';

/** What only WhatsApp needs. */
export interface WhatsAppParts {
  settings: WhatsAppSettings;
  people: NamesDeps['people'];
  outbox: ChatOutbox;
  addresses: ChatAddresses;
  sealedEntries: SealedEntries;
  leases: Leases;
  /** Writes to the terminal. */
  print(text: string): void;
  /** Slower or faster than a person types, for a test. */
  pace?: PaceLimits;
}

export interface WhatsAppDeps {
  /** Null where it is not enabled. */
  whatsapp: WhatsAppParts | null;
  conversation: Conversation;
  updates: ChannelUpdates;
  intake: Intake;
  files: AnswersDeps['files'];
  tickets: FollowMarksDeps['tickets'];
  describeFailure: DescribeFailure;
  language: Language;
  maxBytes: number;
  clock: Clock;
  log: Logger;
}

/** Not faster than somebody types: whoever answers like a machine is banned (Baileys#2800). */
const usualPace: PaceLimits = { chatMs: 800, groupMs: 2_000, overallMs: 150 };
/** Documents in memory at once: four of 16 MB. */
const slots = { document: 4, talk: 8, sealed: 2 };

/** WhatsApp, as a device linked to a phone's account; null unless it is enabled. */
export function createWhatsApp(deps: WhatsAppDeps): Channel | null {
  const { whatsapp } = deps;
  if (whatsapp === null) return null;
  const { settings } = whatsapp;
  const log = deps.log.child({ channel: channelName });
  hushLibsignal(console);
  if (settings.noiseRootKey !== null) trustForeignServer(settings.noiseRootKey, log);
  let stopping = new AbortController();
  const parts = assemble({ ...deps, ...whatsapp, log }, () => stopping.signal);
  let running: Promise<unknown> | null = null;

  async function stop(): Promise<void> {
    stopping.abort();
    await running;
    running = null;
  }

  return {
    name: channelName,
    state: parts.state,
    start: async () => {
      if (running) return;
      stopping = new AbortController();
      running = parts.run(stopping.signal);
    },
    send: parts.answers.send,
    tell: parts.answers.tell,
    stop,
    unlink: parts.unlink,
  };
}

/** Baileys checks the server's certificate against one key, which it exports. */
function trustForeignServer(key: string, log: Logger): void {
  WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(key, 'hex');
  log.warn('WHATSAPP_NOISE_ROOT_KEY is set: a server that is not WhatsApp is trusted');
}

function assemble(deps: WhatsAppDeps & WhatsAppParts, signal: () => AbortSignal) {
  const { settings, clock, log, updates, outbox, addresses, leases, describeFailure, language, conversation } = deps;
  const { state, enter } = createChannelState(clock);
  const line = createLine();
  const acknowledgements = createAcknowledgements();
  const names = createNames({ ...deps, log });
  const auth = createAuthState({
    ...{ entries: deps.sealedEntries, clock },
    onUnreadable: (error) => {
      log.error({ err: error }, 'a key of the WhatsApp account cannot be read');
      supervisor.restart({ code: 500, message: 'a key of the account cannot be read' });
    },
  });
  const keepInJournal = createJournal({ updates, clock });
  const keep: typeof keepInJournal = async (messages, options) => {
    await keepInJournal(messages, options);
    for (const worker of workers) worker.ring();
  };
  const firstHand = createFirstHand({ keep, me: line.me, log });
  const sentMessage = async (id: string) => {
    const sent = (await outbox.ofMessage(channelName, account, id))?.sent;
    return sent ? proto.Message.decode(sent) : undefined;
  };
  const connect = createConnect({ settings, auth, firstHand, sentMessage, clock, log });
  const supervisor = createSupervise({
    ...{ connect, auth, line, acknowledgements, enter, clock, log, silenceMs: settings.silenceMs },
    showLink: createShowLink({ pairingPhone: settings.pairingPhone, print: deps.print, enter, log }),
    onMessages: (messages) =>
      void keep(messages).catch((error: unknown) => log.error({ err: error }, 'messages not kept')),
    onSamePerson: (lid, phone) =>
      void names
        .samePerson(lid, phone)
        .catch((error: unknown) => log.warn({ err: error }, 'a lid’s phone is not noted')),
    onOpen: () => sender.ring(),
  });
  const pace = createPace(clock, deps.pace ?? usualPace, isGroup, signal);
  const onDeaf = () => supervisor.restart({ code: 408, message: 'messages are not acknowledged' });
  const sender = createSender({ outbox, addresses, line, acknowledgements, pace, onDeaf, clock, log });
  const outgoing = createOutgoing({ outbox, addresses, ring: sender.ring, clock, language });
  const download = createMediaDownload({ settings, maxBytes: deps.maxBytes });
  const receive = createReceive({ ...deps, download, line, outgoing });
  const isWithin = createFloodGuard({
    ...{ updates, clock, log },
    tell: async ({ id, chat }, spoken) =>
      void (await outgoing.say(chat, { text: whatsappTexts[spoken].tooMany }, { id: `${id}:too-many` })),
  });
  const { allowedGroups } = settings;
  const handle = createHandleUpdate({ ...deps, allowedGroups, line, names, outgoing, receive, isWithin });
  const giveUp = createGiveUp({ outgoing, names, describeFailure, language, clock });
  const workers = (['document', 'talk', 'sealed'] as const).map((lane) =>
    createUpdateWorker({ ...deps, channel: channelName, account, lane, slots: slots[lane], handle, giveUp }),
  );
  const followMarks = createFollowMarks({ ...deps, outgoing });
  const loops = [supervisor.supervise, sender.run, followMarks, ...workers.map(({ run }) => run)];
  return {
    state,
    answers: createAnswers({ outgoing, sender, conversation, updates, files: deps.files, language }),
    run: (until: AbortSignal) =>
      withLease({ leases, clock, log, enter }, until, (held) => Promise.all(loops.map((loop) => loop(held)))),
    unlink: supervisor.unlink,
  };
}

function isGroup(chat: string): boolean {
  return chat.endsWith('@g.us');
}
