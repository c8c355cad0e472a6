import type { Language } from '../domain/language.ts';
import type { Ticket } from '../domain/ticket.ts';
import { formatField } from '../notifier/format-field.ts';
import { texts } from '../notifier/texts/texts.ts';
import { plainText } from './plain-text.ts';

const maxNameLength = 40;

/** Date, merchant and total in one line, as far as they are known; else the file's name. */
export function ticketLine({ fields, file }: Ticket, language: Language): string {
  const words = texts[language];
  const { date, merchant, beneficiario, total, currency } = fields;
  const name = merchant?.value ?? beneficiario?.value;
  const parts = [
    date && formatField('date', date.value, words),
    plainText(name ?? file.name).slice(0, maxNameLength),
    total && formatField('total', total.value, words, currency?.value),
  ];
  return parts.filter(Boolean).join(' · ');
}
