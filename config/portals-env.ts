import { resolve } from 'node:path';
import { z } from 'zod';

/** What an operator sets for invoicing portals; `portalsOf` says what follows. */
export const portalVariables = {
  PORTALS: z
    .enum(['off', 'ask', 'auto'])
    .default('ask')
    .describe(
      'Invoices from merchants’ portals: off; ask, when the person asks for one; auto, for every receipt whose data are sure.',
    ),
  PORTALS_DIR: z
    .string()
    .min(1)
    .optional()
    .describe('Folder with portal recipes of your own (docs/portals.md); one with the id of ours replaces it.'),
  PORTALS_AT_ONCE: z.coerce
    .number()
    .int()
    .min(1)
    .max(32)
    .default(4)
    .describe('Portals visited at once by one process, a browser page each.'),
  CHROMIUM_PATH: z
    .string()
    .min(1)
    .optional()
    .describe('Program of the Chromium that visits portals. By default the usual places are looked at.'),
  CHROMIUM_SANDBOX: z
    .stringbool()
    .default(false)
    .describe('true runs Chromium in its own sandbox, which root and most containers cannot.'),
} as const;

const Portals = z.object(portalVariables);

export function portalsOf(env: z.infer<typeof Portals>) {
  return {
    mode: env.PORTALS,
    dir: env.PORTALS_DIR === undefined ? null : resolve(env.PORTALS_DIR),
    atOnce: env.PORTALS_AT_ONCE,
    chromiumPath: env.CHROMIUM_PATH,
    isSandboxed: env.CHROMIUM_SANDBOX,
  };
}
