import { createHash } from 'node:crypto';
import type { Source } from './ticket.ts';

/**
 * The id of the ticket of one attachment: a hash of where it came from, so that the same message always names the same
 * ticket and the database's primary key refuses a second one. 32 hex characters; not a secret.
 */
export function ticketIdOf(companyId: string, source: Source): string {
  const { channel, account, chat, message, attachment } = source;
  const key = JSON.stringify([companyId, channel, account, chat, message, attachment]);
  return createHash('sha256').update(key).digest('hex').slice(0, 32);
}
