import type { TestContext } from 'node:test';
import type { Channel } from '../../../src/channels/channel.ts';
import { createTelegram, type TelegramDeps } from '../../../src/channels/telegram/telegram.ts';
import type { Access, Conversation, Said } from '../../../src/conversation/conversation.ts';
import type { Stage } from '../../../src/domain/stage.ts';
import { route } from '../../../src/flow.ts';
import { describeFailure } from '../../../src/notifier/describe.ts';
import { createNotifier } from '../../../src/notifier/notifier.ts';
import { createIntake } from '../../../src/pipeline/intake.ts';
import { identifyFile } from '../../../src/pipeline/read/identify-file.ts';
import { createChannelUpdates } from '../../../src/store/channel-updates.ts';
import { createChatCards } from '../../../src/store/chat-cards.ts';
import { createFiles } from '../../../src/store/files.ts';
import { createReadings } from '../../../src/store/readings.ts';
import { createTickets, type TicketPatch } from '../../../src/store/tickets.ts';
import { answersAtOnce } from '../../support/answers-at-once.ts';
import { aConversationOn } from '../../support/conversation.ts';
import { realClock } from '../../support/real-clock.ts';
import { aStore, lastFirst, quiet } from '../../support/store.ts';
import { aTelegram, botToken } from '../../support/telegram-server.ts';

/** A conversation that knows everybody but user 666 and answers with what it was told. */
function aConversation(): Conversation & { heard: Said[] } {
  const heard: Said[] = [];
  const stranger: Access = { kind: 'stranger', replies: [{ text: 'No te conozco. Escribe /vincular CÓDIGO.' }] };
  return {
    heard,
    handle: async (said) => {
      heard.push(said);
      const text = said.what.kind === 'text' ? `Dijiste: ${said.what.text}` : `Elegiste: ${said.what.data}`;
      return [{ text, buttons: [[{ label: 'Estado', data: 'cmd:status' }]] }];
    },
    admit: async ({ sender, language }) =>
      sender === '666' ? stranger : { kind: 'linked', companyId: 'acme', personId: sender, language: language ?? 'es' },
    known: async () => null,
    numbered: async (_place, reply) => reply,
  };
}

export interface BotOptions extends Partial<TelegramDeps> {
  /** With the real conversation behind it, which lets everybody in. */
  isReal?: boolean;
}

/** The channel with the real store and intake behind it and the fake Bot API before it; `start` may be called again after `stop`. */
export async function aBot(t: TestContext, { isReal = false, ...changes }: BotOptions = {}) {
  const ends = lastFirst(t);
  const { connection } = await aStore(ends);
  const server = await aTelegram(ends);
  const tickets = await createTickets(connection, realClock, route);
  const outbox = { flush: async () => undefined, sweep: async () => 0 };
  const store = { tickets, files: await createFiles(connection), outbox };
  const conversation = aConversation();
  const files = store.files;
  const ground = { connection, clock: realClock, tickets, files, readings: createReadings(connection) };
  const real = await aConversationOn(ground, { openCompanyId: 'acme' });
  const deps: TelegramDeps = {
    telegram: { token: botToken, apiRoot: `${server.root}/`, webhookUrl: null, webhookSecret: 'geheim' },
    ...{ conversation, describeFailure, companyId: 'acme', language: 'es', maxBytes: 16 * 1024 * 1024 },
    updates: await createChannelUpdates(connection),
    cards: await createChatCards(connection),
    ...{ tickets, files: store.files, clock: realClock, log: quiet },
    intake: createIntake({ ...store, identify: identifyFile, profile: 'balanced', log: quiet }),
    pace: { chatMs: 20, groupMs: 20, overallMs: 1 },
    ...(isReal ? { conversation: real.conversation } : {}),
    ...changes,
  };

  async function start(): Promise<Channel> {
    const channel = createTelegram(deps);
    if (!channel) throw new Error('the settings name a token');
    await channel.start();
    ends.after(() => channel.stop());
    return channel;
  }

  /** What the pipeline does with the only, or the named, ticket. */
  async function move(stage: Stage, patch?: TicketPatch, id?: string): Promise<string> {
    const ticketId = id ?? (await tickets.latest('acme', { limit: 1 }))[0]?.id ?? '';
    const at = await tickets.load(ticketId);
    if (!at || !(await tickets.move(at, stage, patch))) throw new Error(`cannot move to ${stage}`);
    return ticketId;
  }

  /** What the service does with a ticket that has come to an end. */
  async function answer(channel: Channel, ticketId: string): Promise<void> {
    const at = await tickets.load(ticketId);
    const payload = { ticketId, revision: at?.revision ?? 0 };
    const delivery = { id: 'x', queue: 'q', priority: 'NORMAL', attempt: 1, isLastAttempt: false, payload } as const;
    await createNotifier({ tickets, ...answersAtOnce })(channel)(delivery, new AbortController().signal);
  }

  async function stages(): Promise<string[]> {
    return (await tickets.latest('acme', { limit: 100 })).map(({ stage }) => stage);
  }

  /** Updates that are done with. */
  function done(): Promise<number> {
    return connection.collection('channel_updates').countDocuments({ doneAt: { $ne: null } });
  }

  return { done, server, conversation, tickets, deps, files: store.files, start, move, answer, stages, connection };
}

/** Through the stages to the end, with what a receipt would say. */
export async function readThrough(bot: Awaited<ReturnType<typeof aBot>>, id?: string): Promise<string> {
  await bot.move('OCR_PROCESSING', {}, id);
  const reading = { provider: 'paddle', profile: 'balanced', confidence: 0.9, ms: 1 } as const;
  await bot.move('MERCHANT_CLASSIFICATION', { reading }, id);
  await bot.move('FIELD_EXTRACTION', { kind: 'receipt' }, id);
  const total = { value: '123.50', confidence: 0.99, box: null, source: 'ocr/label' };
  return bot.move('COMPLETED', { fields: { total } }, id);
}
