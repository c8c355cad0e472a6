import type { FastifyPluginAsync } from 'fastify';
import type { Language } from '../../domain/language.ts';
import type { Channel } from '../channel.ts';
import { createChannelState } from '../channel-state.ts';
import { type ConversationDeps, channelName, createConversation } from './conversation.ts';
import { createListeners } from './listeners.ts';
import { createReceive, type ReceiveDeps } from './receive.ts';
import { createRoutes } from './routes.ts';

export interface WebChatDeps extends ConversationDeps, Omit<ReceiveDeps, 'account'> {
  files: { get(sha256: string): Promise<Buffer> };
  language: Language;
}

/** The web chat: a channel whose way in is HTTP routes. Give `routes` to `createApi`; they live under /api/webchat. */
export interface WebChat extends Channel {
  readonly routes: FastifyPluginAsync;
}

export function createWebChat(deps: WebChatDeps): WebChat {
  const { companyId, messages, clock, language } = deps;
  const { state, enter } = createChannelState(clock);
  const listeners = createListeners();
  const conversation = createConversation(deps);
  const receive = createReceive({ ...deps, account: 'web' });

  return {
    name: channelName,
    routes: createRoutes({ ...deps, conversation, listeners, receive }),
    /** Nothing to begin: it receives whenever the API listens. */
    start: async () => enter('receiving'),
    state,
    send: async ({ id, ticketId, source, language, text, result }) => {
      const { chat } = source;
      await messages.add({ id, companyId, chat, language, text, ticketId, result, refusal: null, at: clock.now() });
      listeners.wake(chat);
    },
    tell: async ({ id, chat, reply: { text } }) => {
      const told = { ticketId: null, result: null, refusal: null };
      await messages.add({ id, companyId, chat, language, text, ...told, at: clock.now() });
      listeners.wake(chat);
    },
    stop: async () => {
      listeners.endAll();
      enter('stopped');
    },
  };
}
