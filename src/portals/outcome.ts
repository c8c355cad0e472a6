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
