import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { editBudget, letterMask, skeleton } from '../classify/skeleton.ts';

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

/** One text to look for, ready for fuzzy search; `mask` has one bit for each of its letters, to skip hopeless rows, `budget` the half edits allowed. */
export interface Label {
  readonly role: LabelRole;
  readonly weight: number;
  readonly text: string;
  readonly skeleton: string;
  readonly mask: number;
  readonly budget: number;
}

export interface ExtractionRules {
  readonly labels: readonly Label[];
  readonly countries: readonly CountryRule[];
  readonly payment: readonly { readonly value: string; readonly skeletons: readonly string[] }[];
}

/** Reads the labels of every language, the countries and the payment methods; throws a ZodError when the file is wrong. */
export async function loadExtractionRules(path: string): Promise<ExtractionRules> {
  const file = RulesFile.parse(JSON.parse(await readFile(path, 'utf8')));
  return {
    labels: file.labels.flatMap((rule) => rule.texts.map((text) => labelOf(rule, text))),
    countries: file.countries,
    payment: file.payment.map(({ value, texts }) => ({
      value,
      skeletons: texts.map((text) => skeleton(text).text),
    })),
  };
}

function labelOf({ role, weight }: z.infer<typeof LabelRule>, text: string): Label {
  const bones = skeleton(text).text;
  return { role, weight, text, skeleton: bones, mask: letterMask(bones), budget: editBudget(bones.length) };
}
