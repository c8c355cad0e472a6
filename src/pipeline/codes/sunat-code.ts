import type { FiscalFacts } from '../../domain/code.ts';
import { rucPeru } from '../../domain/tax-id/ruc.ts';
import { amountOf, dateOf, factsOf, textOrNull } from './facts.ts';

/** SUNAT, catalogue 01: nota de crédito. */
const creditType = '07';

/**
 * Peru: values between bars (Resolución de Superintendencia 097-2012, annexes): RUC, kind of document, series, number, IGV, total, date,
 * kind and number of the recipient's document. The currency is not among them.
 */
export function parseSunatCode(text: string): FiscalFacts | null {
  const [ruc = '', type = '', series = '', number = '', tax, total, day, , recipient] = text
    .split('|')
    .map((part) => part.trim());
  if (!rucPeru.isValid(ruc) || !/^\d\d$/.test(type) || !/^[A-Z0-9]{4}$/.test(series) || !/^\d{1,8}$/.test(number))
    return null;
  const date = dateOf(day);
  const amount = amountOf(total, type === creditType);
  if (date === null || amount === null) return null;
  return factsOf('SUNAT', {
    documentType: type,
    issuerTaxId: ruc,
    recipientTaxId: textOrNull(recipient?.replace(/^-+$/, '')),
    folio: `${series}-${number}`,
    date,
    tax: amountOf(tax, type === creditType),
    total: amount,
  });
}
