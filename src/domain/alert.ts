import { z } from 'zod';

/** From what can wait until morning to what stops the service for people. */
export const Severity = z.enum(['info', 'warning', 'critical']);
export type Severity = z.infer<typeof Severity>;

/** What may go wrong; `notifier/alerts/texts.ts` has a text per language for each. */
export const AlertCode = z.enum([
  'channel-down',
  'channel-logged-out',
  'channel-silent',
  'queue-growing',
  'dead-letters',
  'disk-low',
  'database-away',
  'bus-away',
  'reader-failing',
  'authority-away',
  'invoice-foreign',
  'invoice-not-good',
  'invoice-cancelled-later',
  'booking-refused',
]);
export type AlertCode = z.infer<typeof AlertCode>;

/** Something that an operator has to know, from when it began until it is over. */
export const Alert = z.object({
  id: z.string(),
  /** What it is about, such as `channel-down:telegram`: while it is open the same key counts up. */
  key: z.string(),
  code: AlertCode,
  severity: Severity,
  /** What fills the text: a channel's name, a count. No personal data. */
  detail: z.record(z.string(), z.string()),
  count: z.int(),
  openedAt: z.date(),
  lastAt: z.date(),
  resolvedAt: z.date().nullable(),
  /** How often it was told since it opened. */
  told: z.int(),
  /** How often it came back soon after it was over. */
  returns: z.int(),
});
export type Alert = z.infer<typeof Alert>;

export type NewAlert = Pick<Alert, 'key' | 'code' | 'severity' | 'detail'>;

export function moreSevere(severity: Severity): Severity {
  return severity === 'info' ? 'warning' : 'critical';
}
