import {
  badRequest,
  captionOf,
  checkCommands,
  type Key,
  keysOf,
  type Params,
  Refusal,
  textOf,
} from './telegram-rules.ts';
import type { Shown } from './telegram-server.ts';

/** What the fake remembers. */
interface State {
  queue: Params[];
  chats: Set<number>;
  blocked: Set<number>;
  files: Map<string, { path: string; bytes: Buffer; claimed: number }>;
  shown: Shown[];
  callbacks: Set<string>;
  webhook: { url: string; secret: string } | null;
  poller: ((updates: Params[] | Refusal) => void) | null;
}

const maxDownloadBytes = 20_000_000;
const botUser = { id: 4242, is_bot: true, first_name: 'Recibot', username: 'recibot_test_bot' };

/** The methods by their names; each answers `result` or throws what the Bot API would refuse with. */
export function botMethods(state: State): Record<string, (params: Params) => unknown> {
  function chatOf({ chat_id: given }: Params): number {
    const chat = Number(given);
    if (!state.chats.has(chat)) throw badRequest('chat not found');
    if (state.blocked.has(chat)) throw new Refusal(403, 'Forbidden: bot was blocked by the user');
    return chat;
  }

  function show(chat: number, text: string, keys: Key[], file?: Shown['file']) {
    const id = 1_000 + state.shown.length;
    state.shown.push({ chat, id, text, keys, earlier: [], at: performance.now(), ...(file ? { file } : {}) });
    return { message_id: id, date: Math.floor(Date.now() / 1_000), chat: { id: chat, type: 'private' }, text };
  }

  function edit(params: Params): object {
    const chat = chatOf(params);
    const message = state.shown.find(({ id }) => id === Number(params['message_id']));
    if (message?.chat !== chat) throw badRequest('message to edit not found');
    const [text, keys] = [textOf(params), keysOf(params)];
    if (text === message.text && JSON.stringify(keys) === JSON.stringify(message.keys)) {
      throw badRequest('message is not modified: specified new message content and reply markup are exactly the same');
    }
    message.earlier.push(message.text);
    Object.assign(message, { text, keys });
    return { message_id: message.id };
  }

  function upload(kind: 'photo' | 'document') {
    return (params: Params) => {
      const file = params[kind] as { name: string; bytes: Buffer } | undefined;
      if (!file?.bytes) throw badRequest(`there is no ${kind} in the request`);
      return show(chatOf(params), captionOf(params), keysOf(params), file);
    };
  }

  function poll({ offset = 0, timeout = 0, limit = 100 }: Params): unknown {
    if (state.webhook) throw new Refusal(409, "Conflict: can't use getUpdates method while webhook is active");
    state.poller?.(new Refusal(409, 'Conflict: terminated by other getUpdates request'));
    state.queue = state.queue.filter(({ update_id: id }) => Number(id) >= Number(offset));
    if (state.queue.length > 0 || timeout === 0) return state.queue.slice(0, Number(limit));
    return new Promise((resolve, reject) => {
      const end = (updates: Params[] | Refusal): void => {
        clearTimeout(tooLong);
        state.poller = null;
        if (updates instanceof Refusal) reject(updates);
        else resolve(updates.slice(0, Number(limit)));
      };
      const tooLong = setTimeout(() => end([]), Number(timeout) * 1_000).unref();
      state.poller = end;
    });
  }

  return {
    getMe: () => botUser,
    getUpdates: poll,
    setWebhook: ({ url, secret_token: secret }) => {
      if (!/^[\w-]{1,256}$/.test(String(secret))) throw badRequest('secret token contains unallowed characters');
      state.webhook = { url: String(url), secret: String(secret) };
      return true;
    },
    deleteWebhook: () => {
      state.webhook = null;
      return true;
    },
    setMyCommands: (params) => {
      checkCommands(params);
      return true;
    },
    sendMessage: (params) => show(chatOf(params), textOf(params), keysOf(params)),
    editMessageText: edit,
    sendPhoto: upload('photo'),
    sendDocument: upload('document'),
    sendChatAction: (params) => chatOf(params) !== 0,
    answerCallbackQuery: ({ callback_query_id: id }) => {
      if (!state.callbacks.delete(String(id)))
        throw badRequest('query is too old and response timeout expired or query ID is invalid');
      return true;
    },
    getFile: ({ file_id: id }) => {
      const file = state.files.get(String(id));
      if (!file) throw badRequest('wrong file_id or the file is temporarily unavailable');
      if (file.claimed > maxDownloadBytes) throw badRequest('file is too big');
      return { file_id: id, file_unique_id: id, file_size: file.claimed, file_path: file.path };
    },
  };
}
