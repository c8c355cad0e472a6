import type { Language } from '../domain/language.ts';
import type { Person } from '../domain/person.ts';
import type { Said } from './conversation.ts';

/** Who is to be answered, and where. */
export interface Asker {
  person: Person;
  language: Language;
  said: Said;
}
