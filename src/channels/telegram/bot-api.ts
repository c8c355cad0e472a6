import { Telegram, TelegramError } from 'telegraf';
import { z } from 'zod';
import type { Button, Reply } from '../../conversation/conversation.ts';
import { Failure } from '../../domain/failure.ts';
import { keyboardOf } from './keyboard.ts';
import type { TelegramSettings } from './settings.ts';
import { allowedUpdates } from './update.ts';

/** How long Telegram may hold a poll open, and how long each kind of call may take in all. */
const pollSeconds = 50;
const timeLimitsMs = { poll: 65_000, call: 20_000, upload: 60_000 };

export interface Outgoing {
  text: string;
  buttons?: Button[][];
  /** The message that is answered. */
  replyTo?: number;
}

const Me = z.object({ id: z.int(), username: z.string() });
type Me = z.infer<typeof Me>;

const RemoteFile = z.object({ file_path: z.string().optional(), file_size: z.int().optional() });
type RemoteFile = z.infer<typeof RemoteFile>;

type File = NonNullable<Reply['file']>;
type Command = { command: string; description: string };

/**
 * The Bot API through telegraf's client, each call bounded in time. Throws telegraf's TelegramError for what Telegram refuses, and
 * what node-fetch throws for a network that breaks; `delivery.ts` and `supervisor.ts` say what follows.
 */
export function createBotApi({ token, apiRoot }: Pick<TelegramSettings, 'token' | 'apiRoot'>) {
  const telegram = new Telegram(token, { apiRoot, webhookReply: false });
  const call: CallApi = telegram.callApi.bind(telegram) as CallApi; // its types want the signal of a polyfill; it takes Node's own

  function within(ms: number, signal?: AbortSignal) {
    return { signal: signal ? AbortSignal.any([signal, AbortSignal.timeout(ms)]) : AbortSignal.timeout(ms) };
  }

  function plain(method: string, payload: object): Promise<unknown> {
    return call(method, payload, within(timeLimitsMs.call));
  }

  return {
    getMe: async (): Promise<Me> => Me.parse(await plain('getMe', {})),
    /** Takes the webhook away, without which polling is refused. */
    deleteWebhook: () => plain('deleteWebhook', { drop_pending_updates: false }),
    setWebhook: (url: string, secret: string) =>
      plain('setWebhook', { url, secret_token: secret, allowed_updates: allowedUpdates }),
    setCommands: (commands: Command[], language?: string) =>
      plain('setMyCommands', { commands, ...(language ? { language_code: language } : {}) }),
    /** Waits for updates; asking for `offset` tells Telegram that everything before it is kept. */
    getUpdates: async (offset: number, signal: AbortSignal): Promise<unknown[]> => {
      const asked = { offset, timeout: pollSeconds, limit: 100, allowed_updates: allowedUpdates };
      const updates = await call('getUpdates', asked, within(timeLimitsMs.poll, signal));
      return Array.isArray(updates) ? updates : [];
    },
    /** Returns the number of the new message. */
    send: async (chat: string, { text, buttons, replyTo }: Outgoing): Promise<number> => {
      const message = { chat_id: chat, text, link_preview_options: { is_disabled: true } };
      return messageIdOf(await plain('sendMessage', { ...message, ...keyboardOf(buttons), ...replyingTo(replyTo) }));
    },
    edit: async (chat: string, messageId: number, { text, buttons }: Outgoing): Promise<void> => {
      const message = { chat_id: chat, message_id: messageId, text, link_preview_options: { is_disabled: true } };
      await plain('editMessageText', { ...message, ...keyboardOf(buttons) });
    },
    sendFile: async (chat: string, file: File, { text, buttons, replyTo }: Outgoing): Promise<void> => {
      const kind = file.mime === 'image/png' ? 'photo' : 'document';
      const input = { source: Buffer.from(file.bytes), filename: file.name };
      const extra = { ...(text ? { caption: text } : {}), ...keyboardOf(buttons) };
      // A form's fields are text.
      const quote = replyTo === undefined ? {} : { reply_parameters: JSON.stringify(quoting(replyTo)) };
      const message = { chat_id: chat, ...quote, [kind]: input, ...extra };
      await call(kind === 'photo' ? 'sendPhoto' : 'sendDocument', message, within(timeLimitsMs.upload));
    },
    sendTyping: (chat: string) => plain('sendChatAction', { chat_id: chat, action: 'typing' }),
    answerCallback: (id: string, text?: string) =>
      plain('answerCallbackQuery', { callback_query_id: id, ...(text ? { text } : {}) }),
    getFile: async (fileId: string): Promise<RemoteFile> =>
      RemoteFile.parse(await plain('getFile', { file_id: fileId })),
  };
}

export type BotApi = ReturnType<typeof createBotApi>;
type CallApi = (method: string, payload: object, options: { signal: AbortSignal }) => Promise<unknown>;

/** A message that was deleted meanwhile is answered without quoting it. */
function replyingTo(messageId: number | undefined) {
  if (messageId === undefined) return {};
  return { reply_parameters: quoting(messageId) };
}

function quoting(messageId: number) {
  return { message_id: messageId, allow_sending_without_reply: true };
}

function messageIdOf(sent: unknown): number {
  if (typeof sent === 'object' && sent !== null && 'message_id' in sent) return Number(sent.message_id);
  throw new Failure('channel-unavailable', 'retry', 'Telegram told no message id');
}

export { TelegramError };
