import type { FastifyPluginAsync } from 'fastify';
import type { Language } from '../../domain/language.ts';
import type { TicketFile } from '../../domain/ticket.ts';
import type { Files } from '../../store/files.ts';
import type { Channel } from '../channel.ts';
import { createChannelState } from '../channel-state.ts';
import { type ChatLogDeps, channelName, createChatLog } from './chat-log.ts';
import { createListeners } from './listeners.ts';
import { createReceive, type ReceiveDeps } from './receive.ts';
import { createRoutes } from './routes.ts';
import { createSpeak, kept, type SpeakDeps, whoIn } from './speak.ts';

export interface WebChatDeps extends Omit<ChatLogDeps, 'companyOf'>, ReceiveDeps, SpeakDeps {
  /** Whose the chats of those are who said nothing yet. */
  companyId: string;
  files: Pick<Files, 'get' | 'put'>;
  /** The first page of a document as a JPEG, for what browsers cannot show. */
  previews: { of(file: TicketFile): Promise<Buffer> };
  language: Language;
}

/** The web chat: a channel whose way in is HTTP routes. Give `routes` to `createApi`; they live under /api/webchat. */
export interface WebChat extends Channel {
  readonly routes: FastifyPluginAsync;
}

export function createWebChat(deps: WebChatDeps): WebChat {
  const { companyId, messages, files, conversation, clock } = deps;
  const { state, enter } = createChannelState(clock);
  const listeners = createListeners();
  const companyOf = async (chat: string) => (await conversation.known(whoIn(chat, null, '')))?.companyId ?? companyId;
  const chatLog = createChatLog({ ...deps, companyOf });
  const receive = createReceive(deps);
  const speak = createSpeak(deps);

  return {
    name: channelName,
    hasCards: true,
    isSilent: true,
    routes: createRoutes({ ...deps, chatLog, listeners, receive, speak }),
    /** Nothing to begin: it receives whenever the API listens. */
    start: async () => enter('receiving'),
    state,
    send: async ({ id, ticketId, source, language, text, result }) => {
      const { chat } = source;
      await messages.add({ id, companyId, chat, language, text, ticketId, result, refusal: null, at: clock.now() });
      listeners.wake(chat);
    },
    tell: async ({ id, chat, reply }) => {
      const told = { ticketId: null, result: null, refusal: null, language: deps.language, at: clock.now() };
      await messages.add({ id, companyId, chat, ...told, ...(await kept(reply, files)) });
      listeners.wake(chat);
    },
    stop: async () => {
      listeners.endAll();
      enter('stopped');
    },
  };
}
