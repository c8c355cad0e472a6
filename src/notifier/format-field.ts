import type { DocumentKind, FieldName } from '../domain/document.ts';
import type { Texts } from './texts/texts.ts';

const amounts: ReadonlySet<FieldName> = new Set<FieldName>(['total', 'subtotal', 'tax', 'monto']);
const dates: ReadonlySet<FieldName> = new Set<FieldName>(['date', 'fecha']);

/** A country writes its own money best; whoever reads English gets English figures. */
const localeOfCurrency: Readonly<Record<string, string>> = {
  ARS: 'es-AR',
  BOB: 'es-BO',
  BRL: 'pt-BR',
  CLP: 'es-CL',
  COP: 'es-CO',
  CRC: 'es-CR',
  DOP: 'es-DO',
  EUR: 'es-ES',
  GTQ: 'es-GT',
  HNL: 'es-HN',
  MXN: 'es-MX',
  NIO: 'es-NI',
  PAB: 'es-PA',
  PEN: 'es-PE',
  PYG: 'es-PY',
  UYU: 'es-UY',
  VES: 'es-VE',
};

/**
 * The fields a person is shown of a kind of document, in order. A payment proof also has a receipt's total, date and folio,
 * for programs that know only those; a person sees them once. The currency is part of each amount.
 */
export function shownFields(kind: DocumentKind | null, { fields }: Texts): FieldName[] {
  const names = Object.keys(fields) as FieldName[]; // the texts have exactly one entry per field name
  const firstOfPayment = names.indexOf('monto');
  const ofKind =
    kind === 'payment_proof' ? names.slice(firstOfPayment) : kind === 'other' ? names : names.slice(0, firstOfPayment);
  return ofKind.filter((name) => name !== 'currency');
}

/**
 * A stored value as a person writes it: `1234.50` → `$1,234.50`, `2025-03-19` → `19 mar 2025` (with the month's name, as 02/05
 * is May here and February there), `cash` → `Efectivo`; others as they are.
 */
export function formatField(name: FieldName, value: string, texts: Texts, currency?: string): string {
  if (amounts.has(name) && /^-?\d+(\.\d+)?$/.test(value)) return formatAmount(value, texts.locale, currency);
  if (dates.has(name)) return formatDay(value, texts.locale);
  return name === 'paymentMethod' ? (texts.paymentMethods[value] ?? value) : value;
}

function formatDay(value: string, locale: string): string {
  const day = new Date(`${value}T00:00:00Z`);
  return Number.isNaN(day.getTime()) ? value : day.toLocaleDateString(locale, { dateStyle: 'medium', timeZone: 'UTC' });
}

/** Formats the decimal text itself, so that no amount passes through a float, and never fewer decimals than count. */
function formatAmount(value: string, locale: string, currency: string | undefined): string {
  const writtenIn = (locale.startsWith('es') ? localeOfCurrency[currency ?? ''] : undefined) ?? locale;
  const hasCents = /\.\d*[1-9]/.test(value);
  const exact = value as Intl.StringNumericLiteral; // checked by the caller's pattern; Intl formats decimal text exactly
  const text = new Intl.NumberFormat(writtenIn, {
    ...(currency ? { style: 'currency', currency } : {}),
    ...(hasCents || !currency ? { minimumFractionDigits: 2 } : {}),
  }).format(exact);
  // Intl still names the bolivar of 2018; people and banks write Bs.
  return text.replace('Bs.S', 'Bs.');
}
