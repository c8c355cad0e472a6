import type { Logger } from 'pino';
import type { Conversation } from '../../conversation/conversation.ts';
import type { Clock } from '../../domain/clock.ts';
import { toFailure } from '../../domain/failure.ts';
import type { MailboxMessage, MailboxMessages } from '../../store/mailbox-messages.ts';
import type { Mailbox, MailboxChange, Mailboxes } from '../../store/mailboxes.ts';
import type { Tell } from '../channel.ts';
import { type GoogleError, refusalOf } from './google/google-error.ts';
import type { Session } from './google/mailbox-session.ts';
import { gmailTexts } from './texts.ts';

export interface GmailPace {
  /** How often a mailbox is asked. */
  pollMs: number;
  /** The first pause after a refusal; each one that follows doubles it. */
  firstPauseMs: { limited: number; away: number };
}

/** A question costs 2 of the 15,000 units that Gmail gives a person a minute (developers.google.com/workspace/gmail/api/reference/quota, 2026-06). */
export const gmailPace: GmailPace = { pollMs: 5_000, firstPauseMs: { limited: 10_000, away: 5_000 } };
/** Mails worked off before others' mailboxes get their turn. */
const mailsInATurn = 20;
const maxPauseMs = { limited: 15 * 60_000, away: 5 * 60_000 };
/** A mail that cannot be taken in is tried for about half an hour, then a person is asked to look. One that kills whoever takes it counts too. */
const maxMailAttempts = 12;

export interface TurnDeps {
  mailboxes: Pick<Mailboxes, 'release' | 'change'>;
  messages: Pick<MailboxMessages, 'next' | 'pending' | 'postpone' | 'took' | 'waiting'>;
  openSession(mailbox: Mailbox, stopping: AbortSignal): Session;
  keepWatch(session: Session, mailbox: Mailbox): Promise<void>;
  sync(session: Session, mailbox: Mailbox): Promise<void>;
  takeMail(session: Session, mailbox: Mailbox, message: MailboxMessage): Promise<void>;
  finishMail(session: Session, mailbox: Mailbox, message: MailboxMessage): Promise<void>;
  conversation: Pick<Conversation, 'known'>;
  tell: Tell;
  pace: GmailPace;
  clock: Clock;
  log: Logger;
}

/**
 * One turn with a claimed mailbox: hear what is new, take it in, label what has ended. Never throws for what Google says; resolves with
 * the error that ended the turn early, or null.
 */
export function createTurn(deps: TurnDeps) {
  const { mailboxes, messages, pace, clock, log } = deps;

  async function turn(mailbox: Mailbox, stopping: AbortSignal): Promise<string | null> {
    const claimedAt = clock.now();
    const { address } = mailbox;
    try {
      const owner = await deps.conversation.known(mailbox.owner);
      if (owner?.companyId !== mailbox.companyId) return await leave(mailbox, claimedAt);
      const hasMore = await work({ ...mailbox, language: owner.language ?? mailbox.language }, stopping);
      const now = clock.now();
      const change = { suspendUntil: null, failures: 0, lastError: null, syncedAt: now };
      await mailboxes.release(address, claimedAt, new Date(now.getTime() + (hasMore ? 0 : pace.pollMs)), change);
      return null;
    } catch (error) {
      if (stopping.aborted) await mailboxes.release(address, claimedAt, clock.now(), {});
      else await setAside(mailbox, claimedAt, error);
      return toFailure(error).message;
    }
  }

  async function work(mailbox: Mailbox, stopping: AbortSignal): Promise<boolean> {
    const session = deps.openSession(mailbox, stopping);
    await deps.keepWatch(session, mailbox);
    await deps.sync(session, mailbox);
    const hasMore = await takeAll(session, mailbox, stopping);
    for (const message of await messages.pending(mailbox.address, clock.now(), mailsInATurn)) {
      stopping.throwIfAborted();
      await deps.finishMail(session, mailbox, message);
    }
    return hasMore;
  }

  async function takeAll(session: Session, mailbox: Mailbox, stopping: AbortSignal): Promise<boolean> {
    for (let count = 0; count < mailsInATurn; count += 1) {
      stopping.throwIfAborted();
      const message = await messages.next(mailbox.address, clock.now());
      if (!message) return false;
      await takeOne(session, mailbox, message);
    }
    return true;
  }

  /** What concerns this mail only is put off with it; what concerns the mailbox ends the turn. */
  async function takeOne(session: Session, mailbox: Mailbox, message: MailboxMessage): Promise<void> {
    const isOver = message.attempts >= maxMailAttempts;
    if (message.attempts > maxMailAttempts) return giveUp(mailbox, message);
    try {
      await deps.takeMail(session, mailbox, message);
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal === 'limited' || refusal === 'revoked' || refusal === 'expired') throw error;
      log[isOver ? 'error' : 'warn']({ err: error, attempts: message.attempts }, 'a mail is not taken in');
      const until = new Date(clock.now().getTime() + Math.min(maxPauseMs.away, 1_000 * 2 ** message.attempts));
      if (!isOver) await messages.postpone(message.id, until, toFailure(error).message.slice(0, 300));
      else await giveUp(mailbox, message);
      if (refusal === 'away') throw error;
    }
  }

  async function giveUp({ address, place, language }: Mailbox, { id, messageId }: MailboxMessage): Promise<void> {
    const words = gmailTexts[language];
    const text = words.refused(address, words.noSubject, words.gaveUp);
    await deps.tell(place.channel, { id: `gmail-refused:${address}:${messageId}`, ...place, reply: { text } });
    await messages.took(id, givenUp, clock.now());
  }

  async function setAside(mailbox: Mailbox, claimedAt: Date, error: unknown): Promise<void> {
    const { address, failures } = mailbox;
    const refusal = refusalOf(error);
    const lastError = toFailure(error).message.slice(0, 300);
    const now = clock.now().getTime();
    if (refusal === 'revoked') return suspend(mailbox, claimedAt, lastError);
    const kind = refusal === 'limited' ? 'limited' : 'away';
    const pauseMs = Math.min(maxPauseMs[kind], pace.firstPauseMs[kind] * 2 ** failures) * (0.8 + 0.4 * Math.random());
    // Longer than an hour nobody is believed: the next refusal would say so again.
    const asked = refusal === 'limited' ? Math.min((error as GoogleError).retryAt?.getTime() ?? 0, now + 3_600_000) : 0; // it is one by `refusalOf`
    const until = new Date(Math.max(asked, now + pauseMs));
    log.warn({ err: error, refusal, until }, 'a mailbox is left alone for a while');
    const change: MailboxChange = {
      lastError,
      failures: failures + 1,
      suspendUntil: refusal === 'limited' ? until : null,
    };
    await mailboxes.release(address, claimedAt, until, change);
  }

  /** Only documents of linked people get in. */
  async function leave({ address }: Mailbox, claimedAt: Date): Promise<string> {
    const lastError = 'whoever linked it is no longer known';
    log.warn(lastError);
    await mailboxes.release(address, claimedAt, clock.now(), { status: 'suspended', lastError });
    return lastError;
  }

  async function suspend(mailbox: Mailbox, claimedAt: Date, lastError: string): Promise<void> {
    const { address, place, language, linkedAt } = mailbox;
    log.error({ lastError }, 'a mailbox is suspended until its owner links it again');
    const id = `gmail-suspended:${address}:${linkedAt.getTime()}`;
    await deps.tell(place.channel, { id, ...place, reply: { text: gmailTexts[language].suspended(address) } });
    await mailboxes.release(address, claimedAt, clock.now(), { status: 'suspended', lastError, suspendUntil: null });
  }

  return turn;
}

const givenUp = { outcome: 'given up', from: null, isVerified: false, ticketIds: [], hasRefused: true, reply: null };
