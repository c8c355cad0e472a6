import type { AnswerEntry, DocumentEntry } from '../../../src/channels/webchat/chat-entry.ts';
import type { FieldName, FieldValue } from '../../../src/domain/document.ts';
import type { Result } from '../../../src/domain/result.ts';
import { formatField } from '../../../src/notifier/format-field.ts';
import type { Texts } from '../../../src/notifier/texts/texts.ts';
import type { Words } from '../i18n/words.ts';

/** Below this a value is shown as one to check. */
export const sureFrom = 0.9;

export interface FieldView {
  name: FieldName;
  label: string;
  /** In the reader's format. */
  text: string;
  field: FieldValue;
}

/** A result as the card shows it: title, one big amount, and the rest in the order of the texts. */
export interface ResultView {
  title: string | null;
  amount: FieldView | null;
  rows: FieldView[];
}

/** A duplicate shows what was read on the first, which only its answer carries. */
export function shownResult(document: DocumentEntry, answer: AnswerEntry | null): Result {
  return document.result.stage === 'DUPLICATE' ? (answer?.result ?? document.result) : document.result;
}

/** A country writes its own money best; whoever reads English gets English figures. */
const localeOfCurrency: Readonly<Record<string, string>> = {
  ARS: 'es-AR',
  CLP: 'es-CL',
  COP: 'es-CO',
  CRC: 'es-CR',
  DOP: 'es-DO',
  MXN: 'es-MX',
  PEN: 'es-PE',
  VES: 'es-VE',
};

export function viewOf({ kind, fields, merchant }: Result, { texts, card }: Words): ResultView {
  const currency = fields.currency?.value;
  const isSpanish = texts.locale.startsWith('es');
  const locale = (isSpanish ? localeOfCurrency[currency ?? ''] : undefined) ?? texts.locale;
  const views = namesFor(kind, texts).flatMap((name): FieldView[] => {
    const field = fields[name];
    if (!field) return [];
    return [{ name, label: texts.fields[name], text: textOf(name, field.value), field }];
  });
  function textOf(name: FieldName, value: string): string {
    if (name === 'paymentMethod') return card.paymentMethods[value] ?? value;
    if (name === 'date' || name === 'fecha') return dayText(value, texts.locale);
    return plainBolivar(formatField(name, value, locale, currency));
  }

  const amount = views.find(({ name }) => name === 'total' || name === 'monto') ?? null;
  const title = kind === 'payment_proof' ? null : (merchant?.name ?? fields.merchant?.value ?? null);
  // The merchant is the title, and the amount's own text names its currency.
  const rows = views.filter((view) => view !== amount && view.name !== 'merchant' && view.name !== 'currency');
  return { title, amount, rows };
}

/** With the month's name, as 02/05 is May here and February there. */
function dayText(value: string, locale: string): string {
  const day = new Date(`${value}T00:00:00Z`);
  return Number.isNaN(day.getTime()) ? value : day.toLocaleDateString(locale, { dateStyle: 'medium', timeZone: 'UTC' });
}

/** Intl still names the bolivar of 2018; people and banks write Bs. */
function plainBolivar(text: string): string {
  return text.replace('Bs.S', 'Bs.');
}

/** A payment proof also has a receipt's total, date and folio, for callers who know only those; a person sees them once. */
function namesFor(kind: Result['kind'], texts: Texts): FieldName[] {
  const names = Object.keys(texts.fields) as FieldName[]; // the texts have exactly one entry per field name
  const firstOfPayment = names.indexOf('monto');
  if (kind === 'payment_proof') return names.slice(firstOfPayment);
  return kind === 'receipt' ? names.slice(0, firstOfPayment) : names;
}

/** Codes of `Reason`, in words; mirrors the notifier's `describeReason`, which brings the server's schemas with it. */
export function reasonText(reason: string, { reasons, fields, failures }: Texts): string {
  const [code, detail = ''] = reason.split(':');
  const label = detail in fields ? fields[detail as FieldName] : null; // just looked up
  if (code === 'missing' && label) return reasons.missing(label);
  if (code === 'doubtful' && label) return reasons.doubtful(label);
  if (reason === 'unknown_merchant') return reasons.unknownMerchant;
  if (reason === 'not_a_receipt') return reasons.notAReceipt;
  if (reason === 'no_text') return reasons.noText;
  return reason in failures ? failures[reason as keyof typeof failures] : reasons.other; // just looked up
}

/** All of it as plain text, for the clipboard. */
export function plainText({ title, amount, rows }: ResultView): string {
  const lines = [amount, ...rows].flatMap((view) => (view ? [`${view.label}: ${view.text}`] : []));
  return [title, ...lines].filter(Boolean).join('\n');
}
