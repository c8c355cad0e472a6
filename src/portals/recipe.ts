import { z } from 'zod';
import { FieldName } from '../domain/document.ts';
import { PortalOutcome } from '../domain/portal.ts';

/**
 * Where something is on a page: alternatives, the first one that is visible counts, so that a portal may change its layout a
 * little. Each is `label=Folio` (the field so labelled), or any selector of Playwright: `#folio`, `role=button[name="Facturar"]`, `text=Siguiente`.
 */
export const Target = z.union([z.string(), z.array(z.string()).min(1).max(8)]).transform((one) => [one].flat());
export type Target = z.infer<typeof Target>;

/** Text with `{{ticket.folio}}`, `{{ticket.date|dd/MM/yyyy}}`, `{{recipient.taxId}}`: see template.ts. */
const Template = z.string().max(500);

const common = {
  /** Left out where the target is not there; else its absence ends the visit. */
  optional: z.boolean().default(false),
};

export const Step = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('open'), path: Template.default('') }),
  z.strictObject({ do: z.literal('fill'), at: Target, value: Template, ...common }),
  /** Chooses from a list the option whose value or text is, or begins with, `value`. */
  z.strictObject({ do: z.literal('choose'), at: Target, value: Template, ...common }),
  z.strictObject({ do: z.literal('check'), at: Target, ...common }),
  /** A click without lasting effect: next page, accept cookies, add a ticket to the list. */
  z.strictObject({ do: z.literal('click'), at: Target, ...common }),
  z.strictObject({ do: z.literal('await'), at: Target, ...common }),
  /** A person is shown the picture and types what it says. */
  z.strictObject({ do: z.literal('captcha'), picture: Target, at: Target, ...common }),
  /** The click that makes the invoice: done once in a ticket's life, and written down before. */
  z.strictObject({ do: z.literal('submit'), at: Target }),
  z.strictObject({ do: z.literal('download'), at: Target, kind: z.enum(['xml', 'pdf', 'zip']), ...common }),
]);
export type Step = z.infer<typeof Step>;

const Bilingual = z.strictObject({ es: z.string(), en: z.string() });

/** What a portal wants to know of the ticket beyond the usual, and how the ticket prints it. */
const TicketValue = z.strictObject({
  /** Short enough for the data of a button. */
  name: z.string().regex(/^[a-zA-Z]\w{0,22}$/),
  label: Bilingual,
  /** A field that was extracted anyway. */
  field: FieldName.optional(),
  /** Regular expressions on the text; the first group of the first match counts, blanks removed. Looked at before `field`. */
  patterns: z.array(z.string().max(300)).default([]),
  /** What a value must look like. */
  form: z.string().max(200).optional(),
});
export type TicketValue = z.infer<typeof TicketValue>;

/** When a portal takes a ticket last, counted in the shop's own days. */
const Deadline = z.discriminatedUnion('until', [
  z.strictObject({ until: z.literal('end-of-month'), plusDays: z.int().min(0).max(31).default(0) }),
  z.strictObject({ until: z.literal('end-of-next-month') }),
  z.strictObject({ until: z.literal('days'), days: z.int().min(1).max(366) }),
]);
export type Deadline = z.infer<typeof Deadline>;

/** `text` is a regular expression without regard to case. */
const OutcomeSign = z.strictObject({
  outcome: PortalOutcome.exclude(['captcha', 'timeout']),
  text: z.string().max(300),
  at: Target.optional(),
});
export type OutcomeSign = z.infer<typeof OutcomeSign>;

/** One portal, as data: a file in config/portals, or in the folder PORTALS_DIR, where the same `id` replaces ours. */
export const Recipe = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  name: z.string().min(1).max(80),
  /** Merchants of the catalogue whose tickets it takes. */
  merchants: z.array(z.string()).default([]),
  /** Hosts as tickets print them; the surest sign of a ticket's portal. */
  printedHosts: z.array(z.string()).default([]),
  url: z.url({ protocol: /^https?$/ }),
  /** Hosts beside that of `url` that its pages may load from; nothing else is let through. */
  alsoLoads: z.array(z.string()).default([]),
  /** `no`, or the day on which a user confirmed that it works. */
  verifiedLive: z.union([z.literal('no'), z.iso.date()]),
  source: z.string(),
  deadline: Deadline,
  ticket: z.array(TicketValue).max(12),
  steps: z.array(Step).min(1).max(80),
  /**
   * How to get an invoice that was made before: after `ya_facturado`, or when a process was killed at the submit. `no_facturado`
   * among the outcomes says that there is none, so that the ticket may be submitted again.
   */
  ask: z.array(Step).max(80).default([]),
  /** Looked for in what is visible (of `at`, else of the whole page) and in its dialogs, in this order. */
  outcomes: z.array(OutcomeSign).min(1).max(40),
  /** How the CFDI comes. */
  delivery: z.enum(['download', 'email', 'either']),
  /** Milliseconds for one step; portals in the field take their time. */
  stepTimeoutMs: z.int().min(500).max(120_000).default(20_000),
});
export type Recipe = z.infer<typeof Recipe>;
