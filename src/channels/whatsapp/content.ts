import { normalizeMessageContent, type proto, toNumber } from '@whiskeysockets/baileys';

/** The file of a message, before it is fetched. The message's `url` is not looked at: it may lead anywhere. */
export interface Media {
  kind: 'image' | 'document';
  directPath: string;
  mediaKey: Uint8Array;
  /** Of the file and of what is stored encrypted. */
  sha256: Uint8Array;
  encryptedSha256: Uint8Array;
  /** As the sender says. */
  sizeBytes: number;
}

export type Content =
  | { kind: 'document'; media: Media | null; name: string; caption: string | null }
  | { kind: 'text'; text: string }
  | { kind: 'button'; data: string }
  /** Something that a person sent and nobody can read a receipt in. */
  | { kind: 'other' }
  /** Not said by a person: keys, edits, reactions, settings. */
  | { kind: 'none' };

export interface Heard {
  content: Content;
  mentions: readonly string[];
  /** The message that this one answers. */
  quoted: { id: string; participant: string } | null;
}

const otherKinds = [
  ...(['audioMessage', 'videoMessage', 'ptvMessage', 'stickerMessage', 'lottieStickerMessage'] as const),
  ...(['locationMessage', 'liveLocationMessage', 'contactMessage', 'contactsArrayMessage', 'eventMessage'] as const),
  ...(['pollCreationMessage', 'pollCreationMessageV2', 'pollCreationMessageV3', 'groupInviteMessage'] as const),
  ...(['productMessage', 'orderMessage', 'stickerPackMessage'] as const),
];

/** What a message says; `nameless` is what a picture is called, which has no name. */
export function hear(message: proto.IMessage | null, nameless: string): Heard {
  const inner = normalizeMessageContent(message) ?? {};
  const context = contextOf(inner);
  const { stanzaId: id, participant } = context ?? {};
  return {
    content: contentOf(inner, nameless),
    mentions: context?.mentionedJid ?? [],
    quoted: id ? { id, participant: participant ?? '' } : null,
  };
}

function contentOf(inner: proto.IMessage, nameless: string): Content {
  const { imageMessage: image, documentMessage: file } = inner;
  if (image)
    return {
      kind: 'document',
      media: mediaOf('image', image),
      name: `${nameless}.jpg`,
      caption: wordsOf(image.caption),
    };
  if (file) {
    const name = file.fileName || file.title || nameless;
    return { kind: 'document', media: mediaOf('document', file), name, caption: wordsOf(file.caption) };
  }
  const text = inner.conversation || inner.extendedTextMessage?.text;
  if (text) return { kind: 'text', text };
  const data = pressedOf(inner);
  if (data) return { kind: 'button', data };
  return { kind: otherKinds.some((kind) => inner[kind]) ? 'other' : 'none' };
}

/** Of buttons that another client of the same account has sent: we send none. */
function pressedOf({
  buttonsResponseMessage,
  templateButtonReplyMessage,
  listResponseMessage,
}: proto.IMessage): string | null {
  const list = listResponseMessage?.singleSelectReply?.selectedRowId;
  return buttonsResponseMessage?.selectedButtonId ?? templateButtonReplyMessage?.selectedId ?? list ?? null;
}

/** Null where something is missing without which it can be neither fetched nor opened nor checked. */
function mediaOf(
  kind: Media['kind'],
  part: proto.Message.IImageMessage | proto.Message.IDocumentMessage,
): Media | null {
  const { directPath, mediaKey, fileSha256, fileEncSha256, fileLength } = part;
  if (!directPath || !mediaKey?.length || fileSha256?.length !== 32 || fileEncSha256?.length !== 32) return null;
  const sizeBytes = toNumber(fileLength);
  return { kind, directPath, mediaKey, sha256: fileSha256, encryptedSha256: fileEncSha256, sizeBytes };
}

function contextOf(inner: proto.IMessage): proto.IContextInfo | null | undefined {
  for (const part of Object.values(inner)) {
    if (typeof part === 'object' && part !== null && 'contextInfo' in part && part.contextInfo) return part.contextInfo;
  }
  return null;
}

function wordsOf(text: string | null | undefined): string | null {
  return text || null;
}
