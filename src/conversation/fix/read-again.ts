import type { Asker } from '../asker.ts';
import type { Reply } from '../conversation.ts';
import { scopeOf } from '../permissions.ts';
import { conversationTexts } from '../texts/texts.ts';
import type { CorrectDeps } from './correct.ts';

/** Puts a document that failed back at the beginning of its way. */
export async function readAgain({ tickets, flush }: CorrectDeps, asker: Asker, ticketId: string): Promise<Reply[]> {
  const { fix } = conversationTexts[asker.language];
  const asked = await tickets.find(scopeOf(asker), ticketId);
  if (!asked) return [{ text: fix.notFound }];
  // Of bytes that came twice the first one is what is read.
  const { duplicateOf, companyId } = asked.ticket;
  const at = duplicateOf === null ? asked : await tickets.find({ companyId }, duplicateOf);
  if (!at) return [{ text: fix.notFound }];
  if (at.ticket.stage !== 'FAILED') return [{ text: fix.nothingToRepeat }];
  await tickets.move(at, 'UPLOADED', { error: null, reasons: [] }, 'asked again');
  await flush(at.ticket.id);
  return [{ text: fix.again }];
}
