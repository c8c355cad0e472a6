import { proto, type WAMessage } from '@whiskeysockets/baileys';
import { z } from 'zod';

/** Above this a message (without its media) is no receipt; WhatsApp's own texts end at 65 536 characters. */
const maxMessageBytes = 1_048_576;

/** A message as it is kept in the journal. */
export const KeptMessage = z.object({
  jid: z.string(),
  /** The sender's other name, where WhatsApp tells. */
  alt: z.string().nullable(),
  participant: z.string().nullable(),
  participantAlt: z.string().nullable(),
  id: z.string(),
  /** Unix time in seconds. */
  sentAt: z.number(),
  /** As the sender calls themselves. */
  name: z.string(),
  /** `proto.Message` in base64; null while it could not be decrypted. */
  bytes: z.string().nullable(),
});
export type KeptMessage = z.infer<typeof KeptMessage>;

/** Null for what has no name: it cannot be kept, answered or told apart. */
export function toKept({ key, message, messageTimestamp, pushName }: WAMessage): KeptMessage | null {
  if (!key.remoteJid || !key.id) return null;
  return {
    jid: key.remoteJid,
    alt: key.remoteJidAlt ?? null,
    participant: key.participant || null,
    participantAlt: key.participantAlt ?? null,
    id: key.id,
    sentAt: Number(messageTimestamp ?? 0),
    name: pushName ?? '',
    bytes: message ? encode(message) : null,
  };
}

/** Null for bytes that are no message. */
export function messageOf({ bytes }: KeptMessage): proto.IMessage | null {
  try {
    return bytes === null ? null : proto.Message.decode(Buffer.from(bytes, 'base64'));
  } catch {
    return null;
  }
}

export function withMessage(kept: KeptMessage, message: proto.IMessage): KeptMessage {
  return { ...kept, bytes: encode(message) };
}

/** As Baileys names a message. */
export function keyOf({ jid, participant, id }: KeptMessage) {
  return { remoteJid: jid, id, fromMe: false, ...(participant === null ? {} : { participant }) };
}

function encode(message: proto.IMessage): string {
  const bytes = proto.Message.encode(message).finish();
  return Buffer.from(bytes.byteLength > maxMessageBytes ? new Uint8Array() : bytes).toString('base64');
}
