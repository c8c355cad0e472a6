import type { FieldName } from '../domain/document.ts';

const amounts: ReadonlySet<FieldName> = new Set<FieldName>(['total', 'subtotal', 'tax', 'monto']);
const dates: ReadonlySet<FieldName> = new Set<FieldName>(['date', 'fecha']);

/** A stored value as a person of `locale` writes it: `1234.50` → `$1,234.50`, `2025-03-19` → `19/03/2025`; others as they are. */
export function formatField(name: FieldName, value: string, locale: string, currency?: string): string {
  if (amounts.has(name) && /^-?\d+(\.\d+)?$/.test(value)) return formatAmount(value, locale, currency);
  if (dates.has(name) && /^\d{4}-\d{2}-\d{2}$/.test(value)) {
    return new Date(`${value}T00:00:00Z`).toLocaleDateString(locale, { timeZone: 'UTC', ...dateParts });
  }
  return value;
}

const dateParts = { day: '2-digit', month: '2-digit', year: 'numeric' } as const;

/** Formats the decimal text itself, so that no amount passes through a float. */
function formatAmount(value: string, locale: string, currency: string | undefined): string {
  const style = currency ? ({ style: 'currency', currency } as const) : ({ minimumFractionDigits: 2 } as const);
  const exact = value as Intl.StringNumericLiteral; // checked by the caller's pattern; Intl formats decimal text exactly
  return new Intl.NumberFormat(locale, style).format(exact);
}
