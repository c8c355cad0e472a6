import type { FastifyPluginAsync } from 'fastify';
import type { Logger } from 'pino';
import type { Conversation } from '../../conversation/conversation.ts';
import type { Clock } from '../../domain/clock.ts';
import type { Language } from '../../domain/language.ts';
import type { Stage } from '../../domain/stage.ts';
import type { DescribeFailure } from '../../http/error-handler.ts';
import type { ChannelUpdates } from '../../store/channel-updates.ts';
import type { ChatCards } from '../../store/chat-cards.ts';
import type { Channel, Intake } from '../channel.ts';
import { createFloodGuard } from '../flood-guard.ts';
import { createPace, type PaceLimits } from '../pace.ts';
import { createUpdateWorker } from '../update-worker.ts';
import { createAnswers } from './answers.ts';
import { createBotApi } from './bot-api.ts';
import { createDelivery } from './delivery.ts';
import { createDownload } from './download.ts';
import { createFollower, type FollowerDeps } from './follower.ts';
import { createGiveUp } from './give-up.ts';
import { createGrouping } from './grouping.ts';
import { createHandleUpdate } from './handle-update.ts';
import { createHousekeeping } from './housekeeping.ts';
import { createJournal } from './journal.ts';
import { createIdentity } from './me.ts';
import { createPainter } from './painter.ts';
import { createReceive } from './receive.ts';
import { createPolling, createWebhookRegistration } from './receiving.ts';
import { createSay } from './say.ts';
import { accountOf, channelName, type TelegramSettings } from './settings.ts';
import { createSupervisor } from './supervisor.ts';
import { telegramTexts } from './texts.ts';
import { createWebhook } from './webhook.ts';

export interface TelegramDeps {
  telegram: TelegramSettings | null;
  conversation: Conversation;
  updates: ChannelUpdates;
  cards: ChatCards;
  tickets: FollowerDeps['tickets'];
  intake: Intake;
  files: { get(sha256: string): Promise<Buffer> };
  describeFailure: DescribeFailure;
  companyId: string;
  language: Language;
  maxBytes: number;
  clock: Clock;
  log: Logger;
  /** Other than Telegram's own, for a Bot API server of one's own or a test. */
  pace?: PaceLimits;
}

/** About one message a second in a chat, twenty a minute in a group, thirty a second in all (Bot FAQ, 2026). */
const telegramPace: PaceLimits = { chatMs: 1_000, groupMs: 3_000, overallMs: 40 };
/** Documents in memory at once: four of 16 MB. */
const slots = { document: 4, talk: 8 };

/** The Telegram bot; null without a token: then there is no Telegram. */
export function createTelegram(deps: TelegramDeps): Channel | null {
  const { telegram: settings } = deps;
  if (settings === null) return null;
  const log = deps.log.child({ channel: channelName });
  let stopping = new AbortController();
  const parts = assemble({ ...deps, log }, settings, () => stopping.signal);
  let running: Promise<void>[] = [];

  return {
    name: channelName,
    hasCards: true,
    ...(parts.routes ? { routes: parts.routes } : {}),
    state: parts.supervisor.state,
    start: async () => {
      if (running.length > 0) return;
      stopping = new AbortController();
      const { signal } = stopping;
      running = parts.loops.map((loop) => loop(signal));
    },
    send: parts.answers.put,
    tell: ({ chat, reply }) => parts.say(chat, reply),
    stop: async () => {
      stopping.abort();
      await Promise.all(running);
      running = [];
    },
  };
}

/** Telegram numbers groups below zero. */
function isGroup(chat: string): boolean {
  return chat.startsWith('-');
}

function assemble(deps: TelegramDeps, settings: TelegramSettings, signal: () => AbortSignal) {
  const { clock, log, cards, updates } = deps;
  const account = accountOf(settings);
  const shared = { ...deps, account };
  const api = createBotApi(settings);
  const deliver = createDelivery({ pace: createPace(clock, deps.pace ?? telegramPace, isGroup, signal), log });
  const say = createSay({ api, deliver });
  const stages = new Map<string, Stage>();
  const painter = createPainter({ cards, api, deliver, stages });
  const follower = createFollower({ ...shared, painter, stages });
  const answers = createAnswers({ ...shared, painter, say });
  const download = createDownload({ api, settings, maxBytes: deps.maxBytes });
  const receive = createReceive({ ...shared, download, cardOf: createGrouping(clock), painter, follower });
  const isWithin = createFloodGuard({
    ...{ updates, clock, log },
    tell: ({ chat }, language) => say(chat, { text: telegramTexts[language].tooMany }),
  });
  const handle = createHandleUpdate({
    ...shared,
    allowedGroups: settings.allowedGroups,
    me: createIdentity(api),
    api,
    say,
    receive,
    isWithin,
  });
  const giveUp = createGiveUp({ ...deps, say });
  const workers = (['document', 'talk'] as const).map((lane) =>
    createUpdateWorker({ ...shared, channel: channelName, lane, slots: slots[lane], handle, giveUp }),
  );
  const journal = createJournal(shared);
  const supervisor = createSupervisor({ clock, log });
  const keep = async (raw: readonly unknown[]): Promise<void> => {
    await journal(raw);
    for (const worker of workers) worker.ring();
  };
  const { webhookUrl: url, webhookSecret: secret } = settings;
  const receiving =
    url === null ? createPolling({ api, keep, log }) : createWebhookRegistration({ api, log }, settings, url);
  const routes: FastifyPluginAsync | null = url === null ? null : createWebhook({ url, secret, keep });
  const loops = [
    (until: AbortSignal) => supervisor.run(receiving, until),
    ...workers.map(({ run }) => run),
    follower.run,
    createHousekeeping({ ...shared, answers, follower, painter }),
  ];
  return { answers, say, supervisor, routes, loops };
}
