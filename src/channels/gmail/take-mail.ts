import type { Logger } from 'pino';
import type { Clock } from '../../domain/clock.ts';
import { Failure } from '../../domain/failure.ts';
import type { DescribeFailure } from '../../http/error-handler.ts';
import type { MailboxMessage, MailboxMessages, MailTaken } from '../../store/mailbox-messages.ts';
import type { Mailbox } from '../../store/mailboxes.ts';
import type { Intake, Tell } from '../channel.ts';
import { GoogleError, refusalOf } from './google/google-error.ts';
import type { Session } from './google/mailbox-session.ts';
import { wantsAnswer } from './mail/asked.ts';
import { type Authentication, authenticate } from './mail/authentication.ts';
import type { MailReader, ReadMail } from './mail/mail-reader.ts';
import type { MailDocument } from './mail/unwrap.ts';
import { channelName } from './settings.ts';
import { isIncoming } from './sync.ts';
import { gmailTexts } from './texts.ts';

/** Documents taken from one mail; the sender is told of the others. */
export const maxDocuments = 25;

export interface TakeMailDeps {
  messages: Pick<MailboxMessages, 'took'>;
  reader: Pick<MailReader, 'read'>;
  intake: Intake;
  tell: Tell;
  describeFailure: DescribeFailure;
  clock: Clock;
  log: Logger;
}

interface Refused {
  name: string;
  why: string;
}

/**
 * Takes in one journaled mail: its documents become tickets, whose ids follow from the mail, so that it may be done again after a death
 * at any point. Of its text nothing is kept. Throws GoogleError, or Failure with recovery `retry`, when it has to be done again.
 */
export function createTakeMail({ messages, reader, intake, tell, describeFailure, clock, log }: TakeMailDeps) {
  async function take(session: Session, mailbox: Mailbox, message: MailboxMessage): Promise<void> {
    const taken = await takeIn(session, mailbox, message);
    await messages.took(message.id, taken, clock.now());
    log.info({ outcome: taken.outcome, tickets: taken.ticketIds.length }, 'mail taken in');
  }

  async function takeIn(session: Session, mailbox: Mailbox, message: MailboxMessage): Promise<MailTaken> {
    const { messageId } = message;
    try {
      const { raw, labelIds } = await session.call((api) => api.raw(messageId));
      if (!isIncoming(labelIds)) return nothing('not incoming');
      const read = await reader.read(raw, maxDocuments);
      if (read.mail.answerMark !== null) return nothing('our own');
      return await takeDocuments(mailbox, message, read, labelIds);
    } catch (error) {
      return unreadable(mailbox, message, error);
    }
  }

  async function takeDocuments(
    mailbox: Mailbox,
    message: MailboxMessage,
    { mail, unwrapped }: ReadMail,
    labelIds: string[],
  ): Promise<MailTaken> {
    const words = gmailTexts[mailbox.language];
    const authentication = authenticate(mail.authenticationResults, mail.from?.split('@').at(-1) ?? null);
    const { ticketIds, refused } = await intakeAll(mailbox, message, mail, authentication, unwrapped.documents);
    const lines = refused.map(({ name, why }) => `• ${name}: ${why}`);
    if (unwrapped.leftOut > 0) lines.push(words.leftOut(unwrapped.leftOut, maxDocuments));
    if (unwrapped.unopened > 0) lines.push(words.tooDeep);
    await tellRefused(mailbox, message, mail.subject, lines);
    const isAsked = wantsAnswer(mail, authentication, mailbox.address, labelIds);
    return {
      outcome: ticketIds.length > 0 ? 'documents' : 'no documents',
      ...{ from: mail.from, isVerified: authentication.isVerified, ticketIds, hasRefused: lines.length > 0 },
      reply: isAsked && mail.from !== null ? replyTo(mail, mail.from) : null,
    };
  }

  async function intakeAll(
    mailbox: Mailbox,
    { messageId }: MailboxMessage,
    mail: ReadMail['mail'],
    authentication: Authentication,
    documents: readonly MailDocument[],
  ) {
    const { address, companyId, language } = mailbox;
    const [ticketIds, refused]: [string[], Refused[]] = [[], []];
    for (const [attachment, { name, bytes, origin }] of documents.entries()) {
      // The chat is called as the person is: their mailbox, so that what it brought counts as sent by them.
      const source = { channel: channelName, account: address, chat: address, message: messageId, attachment };
      const metadata = { ...metadataOf(mail, authentication), ...originMetadata(origin) };
      try {
        const { id } = await intake({ companyId, source, language, fileName: name, bytes, metadata });
        ticketIds.push(id);
      } catch (error) {
        if (!(error instanceof Failure) || error.recovery !== 'ask') throw error;
        refused.push({ name: name.slice(0, 80), why: describeFailure(error.code, language) });
      }
    }
    return { ticketIds, refused };
  }

  /** A mail that is gone is nobody's any more; one that cannot be opened is told of, once. */
  async function unreadable(mailbox: Mailbox, message: MailboxMessage, error: unknown): Promise<MailTaken> {
    if (refusalOf(error) === 'gone') return nothing('gone');
    const words = gmailTexts[mailbox.language];
    const isTooBig = error instanceof GoogleError && error.status === 413;
    const isBroken = error instanceof Failure && error.recovery === 'ask';
    if (!isTooBig && !isBroken) throw error;
    log.warn({ err: error }, 'a mail cannot be read');
    await tellRefused(mailbox, message, '', [isTooBig ? words.tooBig : words.broken]);
    return { ...nothing('unreadable'), hasRefused: true };
  }

  async function tellRefused(
    mailbox: Mailbox,
    { messageId }: MailboxMessage,
    subject: string,
    lines: string[],
  ): Promise<void> {
    if (lines.length === 0) return;
    const { address, place, language } = mailbox;
    const words = gmailTexts[language];
    const text = words.refused(address, subject.slice(0, 80) || words.noSubject, lines.join('\n'));
    await tell(place.channel, { id: `gmail-refused:${address}:${messageId}`, ...place, reply: { text } });
  }

  return take;
}

function nothing(outcome: string): MailTaken {
  return { outcome, from: null, isVerified: false, ticketIds: [], hasRefused: false, reply: null };
}

function replyTo({ subject, messageId, references }: ReadMail['mail'], to: string): MailTaken['reply'] {
  return { to, subject, messageId, references };
}

/** What a ticket keeps of its mail. */
function metadataOf({ from, subject, date, messageId }: ReadMail['mail'], { isVerified, summary }: Authentication) {
  return {
    mailFrom: from ?? '',
    mailSubject: subject,
    mailDate: date ?? '',
    mailId: messageId ?? '',
    mailSender: isVerified ? 'verified' : 'unverified',
    mailAuthentication: summary,
  };
}

/** What stands in a forwarded mail was written by whoever forwarded it. */
function originMetadata(origin: MailDocument['origin']): Record<string, string> {
  if (!origin) return {};
  const { from, subject, date, via, depth } = origin;
  return {
    ...{ forwardedFrom: from ?? '', forwardedSubject: subject.slice(0, 300), forwardedDate: date.slice(0, 100) },
    ...{ forwardedSender: 'unverified', forwardedVia: via, forwardedDepth: String(depth) },
  };
}
