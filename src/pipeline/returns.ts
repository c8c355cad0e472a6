import type { Extraction, FieldName, Fields } from '../domain/document.ts';
import { pageText, type Reading } from '../domain/reading.ts';

/**
 * A row that names the paper a return: DEVOLUCIÓN, TICKET DE DEVOLUCIÓN, NOTA DE CRÉDITO (ELECTRÓNICA) A-12. Rows that speak of returns,
 * as the policy at the foot of most receipts does, say more than that.
 */
const title =
  /^\W*(?:(?:ticket|comprobante|vale|recibo)\s*de\s*)?(?:devoluci[oó]n(?:\s*de\s*(?:venta|mercanc[ií]a|efectivo|compra))?|nota\s*de\s*cr[eé]dito(?:\s*electr[oó]nica)?)\s*(?:n[°º.]?\s*)?[\w-]{0,16}\W*$/i;

/** Rows from the top in which a title stands. */
const titleRows = 20;
const amounts: readonly FieldName[] = ['total', 'subtotal', 'tax'];

/** The fields with amounts below zero where the paper gives money back. Pure. */
export function withReturns(extraction: Extraction, reading: Reading): Extraction {
  return isReturn(reading) ? { ...extraction, fields: negated(extraction.fields) } : extraction;
}

function isReturn({ pages }: Reading): boolean {
  const [first] = pages;
  if (!first) return false;
  return pageText(first)
    .split('\n')
    .slice(0, titleRows)
    .some((row) => row.length <= 60 && title.test(row));
}

/** Amounts below zero, whatever sign they were printed with. */
export function negated(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => {
      const isPositive = amounts.some((one) => one === name) && /^\d*[1-9]|\.\d*[1-9]/.test(field.value);
      return [name, isPositive && !field.value.startsWith('-') ? { ...field, value: `-${field.value}` } : field];
    }),
  );
}
