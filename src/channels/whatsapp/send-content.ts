import { type AnyMessageContent, proto, type WAMessage, type WASocket } from '@whiskeysockets/baileys';
import type { OutboxEntry, Quoted } from '../../store/chat-outbox.ts';

/** Hands one message to Baileys under the id that it was given beforehand; returns it as it was sent. Resolves before the server has said anything. */
export async function sendContent(socket: WASocket, address: string, entry: OutboxEntry): Promise<Uint8Array> {
  const { messageId, quoted, content } = entry;
  const quote = quoted && content.kind !== 'reaction' ? { quoted: asMessage(address, quoted) } : {};
  const sent = await socket.sendMessage(address, toContent(address, entry), { messageId, ...quote });
  return proto.Message.encode(sent?.message ?? {}).finish();
}

function toContent(address: string, { content, quoted }: OutboxEntry): AnyMessageContent {
  switch (content.kind) {
    case 'text':
      // Without a preview: nothing is fetched for what somebody wrote.
      return { text: content.text, linkPreview: null };
    case 'reaction':
      return { react: { text: content.text, key: keyOf(address, quoted) } };
    case 'file': {
      const { mime: mimetype, name: fileName, text } = content;
      const caption = text ? { caption: text } : {};
      const bytes = Buffer.from(content.bytes);
      if (mimetype === 'image/png' || mimetype === 'image/jpeg') return { image: bytes, mimetype, ...caption };
      return { document: bytes, mimetype, fileName, ...caption };
    }
  }
}

/** In the chat as it is addressed now: it may have been another one when the message came. */
function asMessage(address: string, quoted: Quoted): WAMessage {
  return { key: keyOf(address, quoted), message: { conversation: quoted.text } };
}

function keyOf(remoteJid: string, quoted: Quoted | null) {
  const participant = quoted?.participant ? { participant: quoted.participant } : {};
  return { remoteJid, id: quoted?.id ?? '', fromMe: false, ...participant };
}
