import type { Notice } from '../../channels/channel.ts';
import { fromExact, toExact } from '../../domain/amount.ts';
import type { Language } from '../../domain/language.ts';
import type { Ticket } from '../../domain/ticket.ts';
import { formatField } from '../format-field.ts';
import { reasonText } from '../reason-text.ts';
import { texts } from '../texts/texts.ts';

type Button = NonNullable<Notice['reply']['buttons']>[number][number];

/** Documents named one by one that need somebody; the rest are counted. */
const named = 8;

interface Words {
  title: (documents: number) => string;
  done: (count: number) => string;
  review: (count: number) => string;
  failed: (count: number) => string;
  duplicate: (count: number) => string;
  total: string;
  attention: string;
  more: (count: number) => string;
  withoutCurrency: string;
}

const words: Readonly<Record<Language, Words>> = {
  es: {
    title: (documents) => `Terminé tus ${documents} documentos:`,
    done: (count) => `✅ ${count} ${count === 1 ? 'registrado' : 'registrados'}`,
    review: (count) => `👀 ${count} por revisar`,
    failed: (count) => `❌ ${count} que no pude leer`,
    duplicate: (count) => `♻️ ${count} que ya tenía`,
    total: 'Total',
    attention: 'Necesitan tu atención:',
    more: (count) => `… y ${count} más. Escribe estado para verlos.`,
    withoutCurrency: 'sin moneda',
  },
  en: {
    title: (documents) => `Your ${documents} documents are done:`,
    done: (count) => `✅ ${count} on record`,
    review: (count) => `👀 ${count} to review`,
    failed: (count) => `❌ ${count} that I could not read`,
    duplicate: (count) => `♻️ ${count} that I had already`,
    total: 'Total',
    attention: 'These need you:',
    more: (count) => `… and ${count} more. Write status to see them.`,
    withoutCurrency: 'no currency',
  },
  pt: {
    title: (documents) => `Terminei seus ${documents} documentos:`,
    done: (count) => `✅ ${count} ${count === 1 ? 'registrado' : 'registrados'}`,
    review: (count) => `👀 ${count} para revisar`,
    failed: (count) => `❌ ${count} que não consegui ler`,
    duplicate: (count) => `♻️ ${count} que eu já tinha`,
    total: 'Total',
    attention: 'Precisam de você:',
    more: (count) => `… e mais ${count}. Escreva status para vê-los.`,
    withoutCurrency: 'sem moeda',
  },
};

/** One message in place of many: how many ended how, totals by currency, and what needs attention. */
export function summarise(tickets: readonly Ticket[], language: Language): string {
  const said = words[language];
  const of = (stage: Ticket['stage']) => tickets.filter((ticket) => ticket.stage === stage);
  const [done, duplicate] = [of('COMPLETED'), of('DUPLICATE')];
  const [review, failed] = needing(tickets);
  const counts = [
    done.length > 0 ? said.done(done.length) : '',
    review.length > 0 ? said.review(review.length) : '',
    failed.length > 0 ? said.failed(failed.length) : '',
    duplicate.length > 0 ? said.duplicate(duplicate.length) : '',
  ].filter(Boolean);
  const parts = [said.title(tickets.length), counts.join('\n'), totals(done, language)];
  return [...parts, attention([...review, ...failed], language)].filter(Boolean).join('\n\n');
}

/** A way to each of the named documents: to correct it, or to have it read again. */
export function attentionButtons(tickets: readonly Ticket[]): Button[][] {
  const [review, failed] = needing(tickets);
  return [...review, ...failed].slice(0, named).map((ticket) => {
    const [mark, command] = ticket.stage === 'FAILED' ? ['🔄', 'retry'] : ['✏️', 'fix'];
    return [{ label: `${mark} ${nameOf(ticket)}`, data: `cmd:${command}:${ticket.id}` }];
  });
}

function needing(tickets: readonly Ticket[]): [review: Ticket[], failed: Ticket[]] {
  return [tickets.filter(({ stage }) => stage === 'HUMAN_REVIEW'), tickets.filter(({ stage }) => stage === 'FAILED')];
}

/** Only what is surely read is added up. */
function totals(done: readonly Ticket[], language: Language): string {
  const byCurrency = new Map<string, bigint>();
  for (const { fields } of done) {
    const amount = toExact((fields.total ?? fields.monto)?.value ?? '');
    const currency = fields.currency?.value ?? '';
    if (amount !== null) byCurrency.set(currency, (byCurrency.get(currency) ?? 0n) + amount);
  }
  const lines = Array.from(byCurrency, ([currency, sum]) => {
    const shown = formatField('total', fromExact(sum), texts[language], currency || undefined);
    const named = shown.startsWith(currency) && currency ? '' : ` ${currency || words[language].withoutCurrency}`;
    return `${words[language].total}${named}: ${shown}`;
  });
  return lines.join('\n');
}

function attention(tickets: readonly Ticket[], language: Language): string {
  if (tickets.length === 0) return '';
  const lines = tickets.slice(0, named).map((ticket) => `• ${nameOf(ticket)}: ${whyOf(ticket, language)}`);
  const more = tickets.length > named ? [words[language].more(tickets.length - named)] : [];
  return [words[language].attention, ...lines, ...more].join('\n');
}

function whyOf({ error, reasons }: Ticket, language: Language): string {
  if (error) return texts[language].failures[error.code];
  return reasons
    .slice(0, 3)
    .map((reason) => reasonText(reason, texts[language]))
    .join(', ');
}

function nameOf({ fields, file }: Ticket): string {
  return (fields.merchant?.value ?? fields.beneficiario?.value ?? file.name).replace(/\s+/g, ' ').slice(0, 60);
}
