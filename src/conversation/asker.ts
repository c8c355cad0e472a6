import type { Language } from '../domain/language.ts';
import type { Person } from '../domain/person.ts';
import { seesWholeCompany } from '../domain/person.ts';
import type { TicketScope } from '../store/ticket-lists.ts';
import type { Said } from './conversation.ts';

/** Who is to be answered, and where. */
export interface Asker {
  person: Person;
  language: Language;
  said: Said;
}

/** A member sees the tickets of their chat, everybody else those of the company. */
export function scopeOf({ person, said: { channel, account, chat } }: Asker): TicketScope {
  const { companyId } = person;
  return seesWholeCompany(person) ? { companyId } : { companyId, chat: { channel, account, chat } };
}
