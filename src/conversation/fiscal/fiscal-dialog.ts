import { z } from 'zod';
import { FiscalProfile } from '../../domain/fiscal-profile.ts';

export const FiscalStep = z.enum([
  'taxId',
  'name',
  'companyKind',
  'regime',
  'postalCode',
  'cfdiUse',
  'email',
  'confirm',
]);
export type FiscalStep = z.infer<typeof FiscalStep>;

/** Steps whose answers are buttons. */
export const stepsWithChoices: ReadonlySet<FiscalStep> = new Set<FiscalStep>([
  'companyKind',
  'regime',
  'cfdiUse',
  'confirm',
]);

/** What was said so far. */
export const FiscalDraft = FiscalProfile.partial();
export type FiscalDraft = z.infer<typeof FiscalDraft>;

/** The dialog that asks for a company's fiscal data, one after the other. */
export const FiscalDialog = z.object({
  kind: z.literal('fiscal'),
  step: FiscalStep,
  draft: FiscalDraft,
});
export type FiscalDialog = z.infer<typeof FiscalDialog>;

const order: readonly FiscalStep[] = ['taxId', 'name', 'regime', 'postalCode', 'cfdiUse', 'email', 'confirm'];
const onlyInMexico: ReadonlySet<FiscalStep> = new Set<FiscalStep>(['regime', 'postalCode', 'cfdiUse']);

export function stepAfter(step: FiscalStep, country: string | undefined): FiscalStep {
  const place = order.indexOf(step === 'companyKind' ? 'name' : step);
  const next = order.slice(place + 1).find((one) => country === 'MX' || !onlyInMexico.has(one));
  return next ?? 'confirm';
}
