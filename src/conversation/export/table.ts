import type { FieldName } from '../../domain/document.ts';
import type { Language } from '../../domain/language.ts';
import type { Ticket } from '../../domain/ticket.ts';
import { formatField } from '../../notifier/format-field.ts';
import { texts } from '../../notifier/texts/texts.ts';
import { conversationTexts } from '../texts/texts.ts';

/** `amount` and `day` hold a field's stable form (`1234.50`, `2026-03-19`), so that each format writes them as its own. */
export interface TableCell {
  kind: 'text' | 'amount' | 'day';
  value: string;
}

export interface Table {
  head: string[];
  rows: TableCell[][];
}

const columns = [
  'date',
  'merchant',
  'taxId',
  'folio',
  'subtotal',
  'tax',
  'total',
  'currency',
  'paymentMethod',
] as const;
const amounts: ReadonlySet<FieldName> = new Set<FieldName>(['subtotal', 'tax', 'total']);

/** One row a document: its fields, what it is, how it stands, and the file it came as. */
export function tableOf(tickets: readonly Ticket[], language: Language): Table {
  const words = texts[language];
  const { exported, stages } = conversationTexts[language];
  const head = [...columns.map((name) => words.fields[name]), exported.kind, exported.stage, exported.file];
  const rows = tickets.map((ticket) => [
    ...columns.map((name) => cellOf(ticket, name, language)),
    text(words.kinds[ticket.kind ?? 'other']),
    text(stages[ticket.stage]),
    text(ticket.file.name),
  ]);
  return { head, rows };
}

function cellOf({ fields }: Ticket, name: (typeof columns)[number], language: Language): TableCell {
  const value = fields[name]?.value ?? '';
  if (amounts.has(name) && /^-?\d{1,12}(\.\d{1,4})?$/.test(value)) return { kind: 'amount', value };
  if (name === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return { kind: 'day', value };
  return text(name === 'paymentMethod' ? formatField(name, value, texts[language]) : value);
}

function text(value: string): TableCell {
  return { kind: 'text', value };
}
