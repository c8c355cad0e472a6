import type { Params } from './telegram-rules.ts';
import type { TelegramServer } from './telegram-server.ts';

/** Somebody with a phone, who writes to the bot. */
export function aPerson(server: TelegramServer, { chat = 7, id = 7, language = 'es', type = 'private' } = {}) {
  const from = { id, is_bot: false, first_name: 'Ana <b>', last_name: '_Lopez_', language_code: language };
  server.state.chats.add(chat);
  let nextMessage = 100;

  function message(content: Params): Params {
    nextMessage += 1;
    const date = Math.floor(Date.now() / 1_000);
    return { message: { message_id: nextMessage, date, chat: { id: chat, type }, from, ...content } };
  }

  function send(content: Params): number {
    return server.deliver(message(content));
  }

  return {
    chat,
    send,
    /** Message number of the last one sent. */
    last: () => nextMessage,
    says: (text: string, more: Params = {}) => send({ text, ...more }),
    sendsPhoto: (bytes: Uint8Array, more: Params = {}) => {
      const fileId = `photo-${chat}-${nextMessage + 1}`;
      server.file(fileId, bytes);
      const sizes = [
        { file_id: 'thumb', file_unique_id: 't', width: 90, height: 120, file_size: 900 },
        { file_id: fileId, file_unique_id: 'l', width: 900, height: 1_200, file_size: bytes.byteLength },
        { file_id: 'middle', file_unique_id: 'm', width: 320, height: 400, file_size: 9_000 },
      ];
      return send({ photo: sizes, ...more });
    },
    sendsDocument: (name: string, bytes: Uint8Array, more: Params = {}) => {
      const fileId = `doc-${chat}-${nextMessage + 1}`;
      server.file(fileId, bytes);
      return send({ document: { file_id: fileId, file_name: name, file_size: bytes.byteLength }, ...more });
    },
    presses: (data: string, on: { id: number; date?: number } | null) => {
      const query = `query-${nextMessage++}`;
      server.state.callbacks.add(query);
      const date = on?.date ?? Math.floor(Date.now() / 1_000);
      const under = on ? { message: { message_id: on.id, date, chat: { id: chat, type } } } : {};
      return server.deliver({ callback_query: { id: query, from, chat_instance: 'c', data, ...under } });
    },
  };
}
