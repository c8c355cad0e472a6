import type { Message } from './update.ts';

/** The file of a message, before it is fetched. */
export interface Attachment {
  fileId: string;
  /** As the sender named it, or made from the message: Telegram's photos have no name. */
  name: string;
  /** As Telegram says; it may be absent. */
  sizeBytes: number | null;
}

/** A photo comes in several sizes: the largest is read. Null when the message has no file that could be a document. */
export function attachmentOf({ photo, document, message_id: id }: Message): Attachment | null {
  if (document) return { fileId: document.file_id, name: document.file_name ?? `documento-${id}`, ...size(document) };
  const largest = photo?.reduce((best, one) => (one.width * one.height > best.width * best.height ? one : best));
  return largest ? { fileId: largest.file_id, name: `foto-${id}.jpg`, ...size(largest) } : null;
}

function size({ file_size: sizeBytes = null }: { file_size?: number | undefined | null }) {
  return { sizeBytes };
}
