import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { compilePattern, type Pattern } from '../classify/pattern.ts';

/** What a label says about the value beside it. `other` and `…Other` mark values that look alike but are not it. */
export const LabelRole = z.enum([
  'total',
  'subtotal',
  'tax',
  'change',
  'cash',
  'card',
  'rounding',
  'other',
  'date',
  'dateOther',
  'time',
  'folio',
  'folioOther',
  'customer',
  'taxId',
]);
export type LabelRole = z.infer<typeof LabelRole>;

/** Each text is looked for in every row of every document. */
const Texts = z.array(z.string().min(1).max(80)).max(500);
const LabelRule = z.object({ role: LabelRole, weight: z.number().min(0).max(10), texts: Texts });

export const CountryRule = z.object({
  country: z.string().length(2),
  currency: z.string().length(3),
  decimals: z.union([z.literal(0), z.literal(2)]),
  dateOrder: z.enum(['dmy', 'mdy']),
  taxIdKinds: z.array(z.string()),
  signals: Texts,
});
export type CountryRule = z.infer<typeof CountryRule>;

const PaymentRule = z.object({ value: z.string(), texts: Texts });

/** What `extraction-rules.json` holds. */
export const RulesFile = z.strictObject({
  labels: z.array(LabelRule).min(1).max(100),
  countries: z.array(CountryRule).min(1).max(50),
  payment: z.array(PaymentRule).max(50),
});
export type RulesFile = z.infer<typeof RulesFile>;

/** One text to look for. */
export interface Label {
  readonly role: LabelRole;
  readonly weight: number;
  readonly pattern: Pattern;
}

export interface ExtractionRules {
  readonly labels: readonly Label[];
  readonly countries: readonly (CountryRule & { readonly patterns: readonly Pattern[] })[];
  readonly payment: readonly { readonly value: string; readonly patterns: readonly Pattern[] }[];
}

/** Reads the labels of every language, the countries and the payment methods; throws a ZodError when the file is wrong. */
export async function loadExtractionRules(path: string): Promise<ExtractionRules> {
  return compileRules(RulesFile.parse(JSON.parse(await readFile(path, 'utf8'))));
}

export function compileRules(file: RulesFile): ExtractionRules {
  return {
    labels: file.labels.flatMap((rule) => rule.texts.map((text) => labelOf(rule, text))),
    countries: file.countries.map((rule) => ({ ...rule, patterns: rule.signals.map(signalPattern) })),
    payment: file.payment.map(({ value, texts }) => ({
      value,
      patterns: texts.map((text) => compilePattern(text, text.length >= 8 ? 2 : 0)),
    })),
  };
}

function labelOf({ role, weight }: z.infer<typeof LabelRule>, text: string): Label {
  return { role, weight, pattern: compilePattern(text) };
}

/** Only long signals bear OCR noise. */
function signalPattern(signal: string): Pattern {
  return compilePattern(signal, signal.length >= 10 ? 2 : 0);
}
