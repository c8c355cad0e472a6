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

const LabelRule = z.object({ role: LabelRole, weight: z.number(), texts: z.array(z.string().min(1)) });

export const CountryRule = z.object({
  country: z.string().length(2),
  currency: z.string().length(3),
  decimals: z.union([z.literal(0), z.literal(2)]),
  dateOrder: z.enum(['dmy', 'mdy']),
  taxIdKinds: z.array(z.string()),
  signals: z.array(z.string().min(1)),
});
export type CountryRule = z.infer<typeof CountryRule>;

const PaymentRule = z.object({ value: z.string(), texts: z.array(z.string().min(1)) });

const RulesFile = z.object({
  labels: z.array(LabelRule),
  countries: z.array(CountryRule),
  payment: z.array(PaymentRule),
});

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
  const file = RulesFile.parse(JSON.parse(await readFile(path, 'utf8')));
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
