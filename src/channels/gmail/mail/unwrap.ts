import { createHash } from 'node:crypto';
import { documentIn } from './document-part.ts';
import { type Mail, type MailPart, parseMail } from './parse-mail.ts';
import { type Forwarded, quotedForwards } from './quoted-forwards.ts';

/** Mails inside mails that are opened, counted over the whole mail and in depth: ten deep is deeper than people forward. */
const limits = { mails: 30, depth: 10 };

/** Somebody's mail that came inside another. */
export interface Origin extends Forwarded {
  /** As a file of its own, or quoted in the text. */
  via: 'attachment' | 'quote';
  /** 1 for a mail forwarded once. */
  depth: number;
}

/** A file of a mail that may be a document. */
export interface MailDocument {
  name: string;
  bytes: Uint8Array;
  /** The innermost mail that it came with; null where nothing was forwarded. */
  origin: Origin | null;
}

export interface Unwrapped {
  /** In the order of the mail, the same bytes once. */
  documents: MailDocument[];
  /** Documents beyond `maxDocuments`. */
  leftOut: number;
  /** Mails inside mails that were not opened. */
  unopened: number;
  /** The innermost mail of all that was forwarded. */
  origin: Origin | null;
}

/** Takes a mail apart, and the mails that were forwarded in it, as files or quoted, to a bound. */
export async function unwrap(mail: Mail, maxDocuments: number): Promise<Unwrapped> {
  const found: Unwrapped = { documents: [], leftOut: 0, unopened: 0, origin: null };
  const seen = new Set<string>();
  let opened = 0;

  async function open(one: Mail, outer: Origin | null, depth: number): Promise<void> {
    const quoted = quotedForwards(one.subject, one.text);
    const innermost = quoted.at(-1);
    const origin: Origin | null = innermost ? { ...innermost, via: 'quote', depth: depth + quoted.length } : outer;
    if (origin && origin.depth > (found.origin?.depth ?? 0)) found.origin = origin;
    for (const part of one.attachments) {
      if (isMail(part)) await openInner(part, depth + 1);
      else keep(part, origin);
    }
  }

  async function openInner(part: MailPart, depth: number): Promise<void> {
    opened += 1;
    const inner = opened > limits.mails || depth > limits.depth ? null : await parseMail(part.bytes).catch(() => null);
    if (inner === null) {
      found.unopened += 1;
      return;
    }
    const { from, subject, date } = inner;
    await open(inner, { from, subject, date: date ?? '', via: 'attachment', depth }, depth);
  }

  function keep(part: MailPart, origin: Origin | null): void {
    const name = documentIn(part);
    if (name === null) return;
    const hash = createHash('sha256').update(part.bytes).digest('base64');
    if (seen.has(hash)) return;
    seen.add(hash);
    if (found.documents.length < maxDocuments) found.documents.push({ name, bytes: part.bytes, origin });
    else found.leftOut += 1;
  }

  await open(mail, null, 0);
  return found;
}

function isMail({ mime, name }: MailPart): boolean {
  return mime === 'message/rfc822' || mime === 'message/global' || /\.eml$/i.test(name ?? '');
}
