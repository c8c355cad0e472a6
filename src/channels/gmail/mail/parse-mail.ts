import PostalMime, { type Address, type Attachment, addressParser } from 'postal-mime';
import { Failure } from '../../../domain/failure.ts';
import { textOfHtml } from './text-of-html.ts';

/** More than any honest mail has: parts in parts, and bytes of headers. */
const limits = { maxNestingDepth: 50, maxHeadersSize: 1024 * 1024 };
const maxTextLength = 200_000;
const maxSubjectLength = 300;

/** A mail with everything decoded: words of headers, charsets, transfer encodings. Hostile text, bounded in length. */
export interface Mail {
  /** Null where the From header names nobody, or several. */
  from: string | null;
  recipients: string[];
  subject: string;
  /** ISO 8601, or null where it says none. */
  date: string | null;
  messageId: string | null;
  references: string;
  /** Plain text, made of the HTML where there is no other. */
  text: string;
  /** Authentication-Results, topmost first. */
  authenticationResults: string[];
  /** Written by a program: never answered (RFC 3834). */
  isAutomatic: boolean;
  /** Our own mark, on what we sent. */
  answerMark: string | null;
  attachments: MailPart[];
}

export interface MailPart {
  name: string | null;
  mime: string;
  bytes: Uint8Array;
  /** Shown inside the text, as logos and signatures are. */
  isInline: boolean;
}

/** The header of mails that Recibot sends. */
export const markHeader = 'X-Recibot-Answer';

/** @throws {Failure} `damaged-file` for what is no mail, or nested beyond measure. */
export async function parseMail(bytes: Uint8Array): Promise<Mail> {
  const mail = await parse(bytes);
  const header = (name: string) => mail.headers.filter(({ key }) => key === name).map(({ value }) => value);
  return {
    from: onlySender(header('from')),
    recipients: [...addresses(mail.to), ...addresses(mail.cc), ...header('delivered-to')].map((one) =>
      one.toLowerCase(),
    ),
    subject: plain(mail.subject ?? '', maxSubjectLength),
    date: mail.date !== undefined && !Number.isNaN(Date.parse(mail.date)) ? new Date(mail.date).toISOString() : null,
    messageId: plain(mail.messageId ?? '', maxSubjectLength) || null,
    references: plain(mail.references ?? '', 2_000),
    text: (mail.text ?? textOfHtml(mail.html ?? '')).slice(0, maxTextLength),
    authenticationResults: header('authentication-results'),
    isAutomatic: isAutomatic(header),
    answerMark: header(markHeader.toLowerCase())[0]?.trim() ?? null,
    attachments: mail.attachments.map(toPart),
  };
}

async function parse(bytes: Uint8Array) {
  try {
    return await PostalMime.parse(bytes, { ...limits, forceRfc822Attachments: true });
  } catch (cause) {
    throw new Failure('damaged-file', 'ask', `no mail: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

/** A forged mail may name two senders, of which each program shows another one. */
function onlySender(headers: readonly string[]): string | null {
  const found = addressParser(headers.join(','), { flatten: true });
  const [only, ...others] = found.flatMap(({ address }) => (address?.includes('@') ? [address.toLowerCase()] : []));
  return others.length === 0 ? (only ?? null) : null;
}

function addresses(list: readonly Address[] | undefined): string[] {
  return (list ?? []).flatMap((one) => (one.group ? one.group.map(({ address }) => address) : [one.address]));
}

function isAutomatic(header: (name: string) => string[]): boolean {
  const submitted = header('auto-submitted')[0]?.trim().toLowerCase() ?? 'no';
  const isBulk = /^(bulk|list|junk)$/i.test(header('precedence')[0]?.trim() ?? '');
  return submitted !== 'no' || isBulk || header('list-id').length > 0;
}

function toPart({ filename, mimeType, content, disposition, related }: Attachment): MailPart {
  const bytes = typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content);
  return { name: filename, mime: mimeType, bytes, isInline: related === true || disposition === 'inline' };
}

function plain(text: string, maxLength: number): string {
  return text
    .replace(/\p{C}+/gu, ' ')
    .trim()
    .slice(0, maxLength);
}
