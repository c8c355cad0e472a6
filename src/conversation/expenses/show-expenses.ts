import { fromExact } from '../../domain/amount.ts';
import type { Language } from '../../domain/language.ts';
import { formatField } from '../../notifier/format-field.ts';
import { texts } from '../../notifier/texts/texts.ts';
import type { TicketLists } from '../../store/ticket-lists.ts';
import type { Asker } from '../asker.ts';
import type { Button, Reply } from '../conversation.ts';
import { monthsFrom, showMonth } from '../month.ts';
import { scopeOf } from '../permissions.ts';
import { conversationTexts } from '../texts/texts.ts';
import { drawChart } from './draw-chart.ts';
import { type CurrencyExpenses, sumExpenses } from './sum-expenses.ts';

/** More documents than a company's people send in a month; beyond it the sums say so. */
export const maxTicketsOfMonth = 10_000;
const shownMerchants = 8;

/** The month's total per currency and merchant: a chart and its text for each of the first currencies, the rest in words. */
export async function showExpenses(tickets: TicketLists, asker: Asker, month: string): Promise<Reply[]> {
  const words = conversationTexts[asker.language].expenses;
  const inWords = showMonth(month, texts[asker.language].locale);
  const found = await tickets.ofMonth(scopeOf(asker), month, maxTicketsOfMonth);
  const { currencies, unreviewed } = sumExpenses(found);
  const note = unreviewed > 0 ? [words.unreviewed(unreviewed)] : [];
  const buttons = monthButtons(month, asker);
  const [first, ...others] = currencies;
  if (!first) return [{ text: [words.none(inWords), ...note].join('\n\n'), buttons }];
  const sections = [first, ...others].map((expenses) => section(expenses, asker.language));
  const cut = found.length === maxTicketsOfMonth ? [words.cut] : [];
  const text = [words.title(inWords), ...sections, ...note, ...cut].join('\n\n');
  return [
    {
      text,
      buttons,
      file: { name: `gastos-${month}.png`, mime: 'image/png', bytes: await chart(first, inWords, asker) },
    },
  ];
}

function section(expenses: CurrencyExpenses, language: Language): string {
  const { currency, total, documents } = expenses;
  const { documentsOf } = conversationTexts[language].expenses;
  const lines = topOf(expenses, language).map((row) => `• ${row.name}: ${amountText(row.total, currency, language)}`);
  return [`${totalText(total, currency, language)} (${documentsOf(documents)})`, ...lines].join('\n');
}

async function chart(expenses: CurrencyExpenses, month: string, { language }: Asker): Promise<Uint8Array> {
  const { currency, total } = expenses;
  const rows = topOf(expenses, language);
  const longest = biggest(rows.map((row) => row.total));
  return drawChart({
    title: conversationTexts[language].expenses.title(month),
    total: totalText(total, currency, language),
    bars: rows.map(({ name, total: spent }) => ({
      label: name,
      amount: amountText(spent, currency, language),
      share: Number((spent * 1000n) / longest) / 1000,
    })),
  });
}

function biggest(amounts: readonly bigint[]): bigint {
  let most = 1n;
  for (const amount of amounts) if (amount > most) most = amount;
  return most;
}

/** The biggest merchants, the rest as one. */
function topOf({ merchants }: CurrencyExpenses, language: Language): { name: string; total: bigint }[] {
  if (merchants.length <= shownMerchants) return merchants;
  const rest = merchants.slice(shownMerchants - 1);
  const name = conversationTexts[language].expenses.others(rest.length);
  return [...merchants.slice(0, shownMerchants - 1), { name, total: rest.reduce((sum, { total }) => sum + total, 0n) }];
}

function amountText(amount: bigint, currency: string, language: Language): string {
  return formatField('total', fromExact(amount), texts[language], currency || undefined);
}

/** With the currency's code where the sign alone, a bare `$`, is that of a dozen countries. */
function totalText(amount: bigint, currency: string, language: Language): string {
  const text = amountText(amount, currency, language);
  return /(?<![A-Z])\$/.test(text) ? `${text} ${currency}`.trim() : text;
}

function monthButtons(month: string, { language }: Asker): Button[][] {
  const before = monthsFrom(month, -1);
  const { locale } = texts[language];
  const { exportMonth } = conversationTexts[language].buttons;
  return [
    [
      { label: `◀ ${showMonth(before, locale)}`, data: `cmd:gastos:${before}` },
      { label: exportMonth, data: `cmd:exportar:${month}` },
    ],
  ];
}
