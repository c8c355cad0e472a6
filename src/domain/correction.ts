import { commonNames, type FieldName, type FieldValue, type Reason } from './document.ts';
import type { Ticket } from './ticket.ts';

/** What a person's word changes on a ticket; `reasons` are those that are still left. */
export interface Correction {
  fields: Ticket['fields'];
  reasons: Reason[];
  merchant: Ticket['merchant'];
}

/** Reasons that a person settles who says that the document is right as it is. */
const settledByConfirming = /^(doubtful:|disagrees:|unknown_merchant$|not_a_receipt$)/;

/** The ticket with a value that a person set. On a payment proof the name that every document has for it follows. */
export function withTypedValue(ticket: Ticket, name: FieldName, value: string): Correction {
  const names = [
    name,
    ...(ticket.kind === 'payment_proof' ? commonNames.filter(([, own]) => own === name) : []),
  ].flat();
  const typed: FieldValue = { value, confidence: 1, box: null, source: 'person' };
  const settled = new Set(names.flatMap((one) => [`missing:${one}`, `doubtful:${one}`, `disagrees:${one}`]));
  if (name === 'merchant') settled.add('unknown_merchant');
  return {
    fields: { ...ticket.fields, ...Object.fromEntries(names.map((one) => [one, typed])) },
    reasons: ticket.reasons.filter((reason) => !settled.has(reason)),
    merchant: name === 'merchant' ? namedBy(value) : ticket.merchant,
  };
}

/** The ticket whose doubtful values a person found right; what is missing stays missing. */
export function confirmed(ticket: Ticket): Correction {
  const doubted = new Set(ticket.reasons);
  const fields = Object.entries(ticket.fields).map(([name, field]): [string, FieldValue] => {
    return [name, doubted.has(`doubtful:${name}`) ? { ...field, confidence: 1, source: 'person' } : field];
  });
  return {
    fields: Object.fromEntries(fields),
    reasons: ticket.reasons.filter((reason) => !settledByConfirming.test(reason)),
    merchant: ticket.merchant,
  };
}

function namedBy(name: string): Ticket['merchant'] {
  return { id: null, name, taxId: null, confidence: 1, method: 'person' };
}
