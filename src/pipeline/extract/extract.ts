import type { Classification, Extraction, Fields, FieldValue } from '../../domain/document.ts';
import type { Reading } from '../../domain/reading.ts';
import type { MerchantCatalog } from '../classify/merchants.ts';
import { amountInWords } from './amount-words.ts';
import { type CountryGuess, guessCountry } from './country.ts';
import { chooseDate } from './date-field.ts';
import { chooseFolio } from './folio.ts';
import { type LabelledRow, labelRows } from './labels.ts';
import { layoutOf } from './layout.ts';
import { lineItems } from './line-items.ts';
import { merchantField } from './merchant-field.ts';
import { findMoney, hasLoneTotal } from './money.ts';
import { chooseMoney } from './money-fields.ts';
import type { BankCatalog } from './payment/bank-catalog.ts';
import { extractPayment } from './payment/extract-payment.ts';
import { withCommonFields } from './payment-common.ts';
import { choosePaymentMethod } from './payment-method.ts';
import { reasonsFor } from './reasons.ts';
import type { ExtractionRules } from './rules.ts';
import { chooseTaxId, findTaxIdMentions } from './tax-id-field.ts';

export interface ExtractOptions {
  /** Today where the document came from, YYYY-MM-DD. */
  readonly today: string;
  readonly catalog: MerchantCatalog;
  readonly rules: ExtractionRules;
  readonly banks: BankCatalog;
}

/**
 * The fields of a document with calibrated confidence, box and source, and the reasons why a person should look. Pure;
 * its work is bounded whatever the reading holds.
 */
export function extract(reading: Reading, classification: Classification, options: ExtractOptions): Extraction {
  const layout = layoutOf(reading);
  if (layout.rows.length === 0) return { fields: {}, reasons: ['no_text'] };
  const rows = labelRows(layout, options.rules);
  const { fields, items } = receiptOf(rows, classification, options);
  if (classification.kind === 'payment_proof') return withCommonFields(extractPayment(reading, options), fields);
  return { fields, reasons: reasonsFor(classification, fields), ...(items ? { items } : {}) };
}

function receiptOf(rows: readonly LabelledRow[], { merchant }: Classification, options: ExtractOptions) {
  const known = merchant?.id ? (options.catalog.byId.get(merchant.id) ?? null) : null;
  const taxIds = findTaxIdMentions(rows);
  const checked = taxIds.find(({ found, isCustomers }) => found.isValid && found.isLabelled && !isCustomers);
  const hints = { merchant: known?.country ?? null, taxId: checked?.found.rule.country ?? null };
  const country = guessCountry({ rows }, options.rules, hints);
  const decimals = country?.rule.decimals ?? 2;
  const order = known?.dateOrder ?? country?.rule.dateOrder ?? 'dmy';
  const mentions = findMoney(rows);
  const isColumnar = hasLoneTotal(rows, mentions);
  const money = chooseMoney(mentions, { inWords: amountInWords(rows), decimals, isColumnar });
  const { date, time } = chooseDate(rows, { today: options.today, order });
  const sums = { total: minorOf(money.total), subtotal: minorOf(money.subtotal) };
  const fields = present({
    merchant: merchant ? merchantField(merchant, rows) : null,
    taxId: chooseTaxId(taxIds, merchant, country?.rule.country ?? null),
    date,
    time,
    ...money,
    currency: country && money.total ? currencyField(country, money.total) : null,
    folio: chooseFolio(rows, known, date?.value ?? null),
    paymentMethod: choosePaymentMethod(rows, options.rules),
  });
  return { fields, items: lineItems(rows, mentions, { decimals, ...sums }) };
}

function minorOf(amount: FieldValue | null): number | null {
  return amount ? Math.round(Number(amount.value) * 100) : null;
}

function currencyField(country: CountryGuess, total: FieldValue): FieldValue {
  const confidence = Math.round(country.confidence * 1000) / 1000;
  return { value: country.rule.currency, confidence, box: total.box, source: 'ocr/country' };
}

function present(fields: Readonly<Record<string, FieldValue | null>>): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value.confidence >= 0.3));
}
