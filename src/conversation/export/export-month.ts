import { texts } from '../../notifier/texts/texts.ts';
import type { TicketLists } from '../../store/ticket-lists.ts';
import type { Asker } from '../asker.ts';
import type { Reply } from '../conversation.ts';
import { maxTicketsOfMonth } from '../expenses/show-expenses.ts';
import { sumExpenses } from '../expenses/sum-expenses.ts';
import { showMonth } from '../month.ts';
import { scopeOf } from '../permissions.ts';
import { conversationTexts } from '../texts/texts.ts';
import { toCsv } from './csv.ts';
import { tableOf } from './table.ts';
import { toXlsx } from './xlsx.ts';

export type ExportFormat = 'csv' | 'xlsx';

const mimes: Record<ExportFormat, string> = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** A month's documents as a file. */
export async function exportMonth(
  tickets: TicketLists,
  asker: Asker,
  { month, format }: { month: string; format: ExportFormat },
): Promise<Reply[]> {
  const { exported } = conversationTexts[asker.language];
  const inWords = showMonth(month, texts[asker.language].locale);
  const found = await tickets.ofMonth(scopeOf(asker), month, maxTicketsOfMonth);
  if (found.length === 0) return [{ text: exported.none(inWords) }];
  const table = tableOf(found, asker.language);
  const currency = sumExpenses(found).currencies[0]?.currency ?? '';
  const bytes = format === 'csv' ? toCsv(table, currency) : await toXlsx(table, month);
  const cut = found.length === maxTicketsOfMonth ? `\n${exported.cut(maxTicketsOfMonth)}` : '';
  const file = { name: `recibot-${month}.${format}`, mime: mimes[format], bytes };
  return [{ text: `${exported.title(inWords, found.length)}${cut}`, file }];
}
