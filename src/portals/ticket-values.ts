import type { FiscalProfile } from '../domain/fiscal-profile.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { Recipe, TicketValue } from './recipe.ts';
import type { TemplateValues } from './template.ts';

/** A pattern of a recipe looks at this much of a ticket's text at most. */
const maxTextChars = 20_000;
/** Below this a value is not typed into a portal unasked: a wrong one may invoice somebody else's ticket. */
export const enoughConfidence = 0.9;

export interface TicketValues {
  values: TemplateValues;
  /** What the portal wants and the ticket did not give for sure. */
  missing: TicketValue[];
}

/**
 * What a recipe asks for, from the ticket's fields and text and from whom the invoice is for. `given` are values that a person
 * typed, by name; they win. Of an extracted field only what is sure enough, or was set by a person, is taken.
 */
export function ticketValues(
  recipe: Recipe,
  source: {
    ticket: Pick<Ticket, 'fields'>;
    text: string;
    recipient: FiscalProfile;
    given?: Readonly<Record<string, string>>;
  },
): TicketValues {
  const { ticket, text, recipient, given = {} } = source;
  const found: Record<string, string> = {};
  const missing: TicketValue[] = [];
  for (const wanted of recipe.ticket) {
    const value = given[wanted.name] ?? printed(wanted, text) ?? extracted(wanted, ticket.fields);
    if (value !== undefined && hasForm(wanted, value)) found[wanted.name] = value;
    else missing.push(wanted);
  }
  return { values: { ticket: found, recipient: recipientValues(recipient) }, missing };
}

function printed({ patterns }: TicketValue, text: string): string | undefined {
  for (const pattern of patterns) {
    const match = new RegExp(pattern, 'iu').exec(text.slice(0, maxTextChars))?.[1];
    if (match !== undefined) return match.replace(/\s/g, '');
  }
  return undefined;
}

function extracted({ field }: TicketValue, fields: Ticket['fields']): string | undefined {
  const value = field && fields[field];
  return value && value.confidence >= enoughConfidence ? value.value : undefined;
}

function hasForm({ form }: TicketValue, value: string): boolean {
  return form === undefined || new RegExp(`^(?:${form})$`, 'iu').test(value);
}

function recipientValues({ taxId, name, regime, postalCode, cfdiUse, email }: FiscalProfile): Record<string, string> {
  const all = { taxId, name, regime, postalCode, cfdiUse, email };
  return Object.fromEntries(Object.entries(all).flatMap(([key, value]) => (value === null ? [] : [[key, value]])));
}
