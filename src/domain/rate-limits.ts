import { z } from 'zod';

/** Most calls a minute of each kind of work, over all processes (seed 2, "Configuración de Colas"). */
export const defaultRateLimits = {
  invoice_processing: 10,
  report_generation: 5,
  tax_validation: 20,
  dian_validation: 15,
  compliance_retry: 30,
} as const;

export type RateLimitName = keyof typeof defaultRateLimits;

/** `tax_validation=20,dian_validation=15/m`; what is left out keeps its default. */
export const RateLimits = z.string().transform((text, context): Record<RateLimitName, number> => {
  const entries = text.split(',').filter((part) => part.trim() !== '');
  const limits: Record<RateLimitName, number> = { ...defaultRateLimits };
  for (const entry of entries) {
    const [, name = '', count = ''] = /^\s*(\w+)\s*=\s*(\d{1,5})(?:\/m)?\s*$/.exec(entry) ?? [];
    if (isRateLimitName(name)) limits[name] = Number(count);
    else context.addIssue(`${entry.trim()} names none of ${Object.keys(defaultRateLimits).join(', ')}`);
  }
  return limits;
});
export type RateLimits = z.infer<typeof RateLimits>;

function isRateLimitName(name: string): name is RateLimitName {
  return name in defaultRateLimits;
}
