import { z } from 'zod';

/**
 * How a visit to a portal can end. `captcha`: nobody answered it in time; `no_facturado`: asked for an earlier invoice, the portal
 * knows of none.
 */
export const PortalOutcome = z.enum([
  'ok',
  'ya_facturado',
  'no_facturado',
  'datos_invalidos',
  'ticket_no_encontrado',
  'ticket_vencido',
  'captcha',
  'timeout',
  'reintentar_despues',
]);
export type PortalOutcome = z.infer<typeof PortalOutcome>;

/** Where a ticket stands with its merchant's invoicing portal, for the person who wants the invoice. */
export const PortalState = z.object({
  recipeId: z.string(),
  /** Whose portal. */
  name: z.string(),
  /** Whether a user has confirmed that Recibot gets invoices there. */
  isVerified: z.boolean(),
  /** Null: not visited yet, or its end is unknown. */
  outcome: PortalOutcome.nullable(),
  /** The portal's own words, where it gave some. */
  words: z.string().nullable(),
  /** The last day on which the portal takes the ticket, YYYY-MM-DD; null without a date. The portals' habit, not the law. */
  lastDay: z.iso.date().nullable(),
  /** What the portal wants and the ticket does not say, in the recipe's names and in both languages. */
  missing: z.array(z.object({ name: z.string(), es: z.string(), en: z.string() })),
});
export type PortalState = z.infer<typeof PortalState>;
