import { createHash } from 'node:crypto';
import { markHeader } from './parse-mail.ts';

export interface ReplyMail {
  /** The same mark is sent once. */
  mark: string;
  from: string;
  to: string;
  subject: string;
  /** Message-ID of the mail that is answered, and the References that it had. */
  messageId: string | null;
  references: string;
  text: string;
}

const wordBytes = 42;

/** An answer in a thread, as RFC 5322 wants it: everything that a stranger wrote goes into encoded words or out of the headers. */
export function replyMail({ mark, from, to, subject, messageId, references, text }: ReplyMail): Buffer {
  const ids = `${references} ${messageId ?? ''}`.match(/<[^<>\s]{1,250}>/g) ?? [];
  const about = /^\s*re\s*:/i.test(subject) ? subject : `Re: ${subject}`;
  const headers = [
    ...[`From: <${address(from)}>`, `To: <${address(to)}>`, `Subject: ${encodedWords(about)}`],
    ...[`Message-ID: <${hash(mark)}@recibot>`, `${markHeader}: ${hash(mark)}`],
    ...(ids.length > 0 ? [`In-Reply-To: ${ids.at(-1)}`, `References: ${ids.slice(-10).join('\r\n ')}`] : []),
    // Nobody's program answers this one (RFC 3834).
    ...['Auto-Submitted: auto-replied', 'MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8'],
    'Content-Transfer-Encoding: base64',
  ];
  const body = Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\r\n');
  return Buffer.from(`${headers.join('\r\n')}\r\n\r\n${body}\r\n`);
}

/** Whether a header says that its mail is the answer with this mark. Gmail may write a Message-ID of its own, a gateway drop what it does not know. */
export function isMarkedBy(mark: string, value: string): boolean {
  return value === hash(mark) || value === `<${hash(mark)}@recibot>`;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

function address(text: string): string {
  return text.replace(/[^\x21-\x7e]|[<>,;"()]/g, '');
}

/** RFC 2047, in words that end between letters and fit a line. */
function encodedWords(text: string): string {
  const words: string[] = [];
  let word = '';
  for (const letter of text) {
    if (Buffer.byteLength(word + letter) > wordBytes) {
      words.push(word);
      word = '';
    }
    word += letter;
  }
  return [...words, word].map((part) => `=?UTF-8?B?${Buffer.from(part).toString('base64')}?=`).join('\r\n ');
}
