import type { Logger } from 'pino';
import type { Clock } from '../../domain/clock.ts';
import type { MailboxMessages, NewMessage } from '../../store/mailbox-messages.ts';
import type { Mailbox, Mailboxes } from '../../store/mailboxes.ts';
import type { HistoryRecord, Reference } from './google/gmail-api.ts';
import { refusalOf } from './google/google-error.ts';
import type { Session } from './google/mailbox-session.ts';
import { currentHistoryId } from './google/whereabouts.ts';

/** Pages of 500 changes read in one turn; the next turn goes on. */
const maxHistoryPages = 20;
/** How far a resync looks back: Gmail forgets a mailbox's history after a week or more. */
const resync = { pages: 10, pageSize: 100 };
const dayMs = 24 * 60 * 60_000;

export interface SyncDeps {
  mailboxes: Pick<Mailboxes, 'moveCursor'>;
  messages: Pick<MailboxMessages, 'add' | 'known'>;
  clock: Clock;
  log: Logger;
}

/**
 * Journals the mails that are new since the cursor, and moves the cursor behind what is journaled, never before: whoever dies in
 * between reads the same page again. A cursor that Gmail no longer knows (404) is replaced after looking at the newest mails.
 */
export function createSync({ mailboxes, messages, clock, log }: SyncDeps) {
  async function sync(session: Session, mailbox: Mailbox): Promise<void> {
    const { address, historyId } = mailbox;
    if (historyId === null) return mailboxes.moveCursor(address, null, await session.call(currentHistoryId));
    try {
      await readHistory(session, mailbox, historyId);
    } catch (error) {
      if (refusalOf(error) !== 'gone') throw error;
      log.warn({ historyId }, 'Gmail no longer knows the cursor; looking at the newest mails');
      await lookBack(session, mailbox, historyId);
    }
  }

  async function readHistory(session: Session, { address }: Mailbox, start: string): Promise<void> {
    let [cursor, pageToken] = [start, undefined as string | undefined];
    for (let pages = 0; pages < maxHistoryPages; pages += 1) {
      const page = await session.call((api) => api.history(start, pageToken));
      await messages.add(newIn(page.history).map(journaled(address)), clock.now());
      const reached = page.nextPageToken === undefined ? page.historyId : (page.history.at(-1)?.id ?? cursor);
      if (BigInt(reached) > BigInt(cursor)) {
        await mailboxes.moveCursor(address, cursor, reached);
        cursor = reached;
      }
      pageToken = page.nextPageToken;
      if (pageToken === undefined) return;
    }
  }

  /** What arrives while it looks comes after the new cursor, so it is not missed. */
  async function lookBack(session: Session, mailbox: Mailbox, cursor: string): Promise<void> {
    const target = await session.call(currentHistoryId);
    let pageToken: string | undefined;
    for (let pages = 0; pages < resync.pages; pages += 1) {
      const page = await session.call((api) => api.messages(resync.pageSize, pageToken));
      const found = await newAmong(session, mailbox, cursor, page.messages);
      await messages.add(found.map(journaled(mailbox.address)), clock.now());
      pageToken = page.nextPageToken;
      // Newest first: a page without anything new ends it.
      if (pageToken === undefined || found.length === 0) break;
      if (pages + 1 === resync.pages) log.error('a resync reached its bound: older mails of the gap are not read');
    }
    await mailboxes.moveCursor(mailbox.address, cursor, target);
  }

  /**
   * Not journaled before, and arrived since the mailbox was last read, or changed since the cursor. The second takes in an old mail that
   * somebody touched meanwhile, rather than losing one whose date is wrong.
   */
  async function newAmong(
    session: Session,
    mailbox: Mailbox,
    cursor: string,
    listed: Reference[],
  ): Promise<Reference[]> {
    const { address, syncedAt, linkedAt } = mailbox;
    const known = await messages.known(
      address,
      listed.map(({ id }) => id),
    );
    const since = (syncedAt ?? linkedAt).getTime() - dayMs;
    const found: Reference[] = [];
    for (const reference of listed.filter(({ id }) => !known.has(id))) {
      const mail = await session.call((api) => api.minimal(reference.id)).catch(goneIsNull);
      if (mail === null || !isIncoming(mail.labelIds)) continue;
      if (Number(mail.internalDate) >= since || BigInt(mail.historyId) > BigInt(cursor)) found.push(reference);
    }
    return found;
  }

  return sync;
}

function journaled(mailbox: string): (reference: Reference) => NewMessage {
  return ({ id, threadId }) => ({ mailbox, messageId: id, threadId });
}

/** Mails that came in, and those that somebody took out of the spam. */
function newIn(history: readonly HistoryRecord[]): Reference[] {
  return history.flatMap(({ messagesAdded, labelsRemoved }) => {
    const rescued = labelsRemoved.filter(({ labelIds }) => labelIds.includes('SPAM'));
    return [...messagesAdded, ...rescued].map(({ message }) => message).filter(({ labelIds }) => isIncoming(labelIds));
  });
}

const elsewhere: ReadonlySet<string> = new Set(['DRAFT', 'SPAM', 'TRASH', 'CHAT']);

/** What one sends to oneself is sent and incoming. */
export function isIncoming(labelIds: readonly string[]): boolean {
  if (labelIds.some((label) => elsewhere.has(label))) return false;
  return !labelIds.includes('SENT') || labelIds.includes('INBOX');
}

function goneIsNull(error: unknown): null {
  if (refusalOf(error) === 'gone') return null;
  throw error;
}
