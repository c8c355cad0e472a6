import { FieldName, type FieldValue } from '../domain/document.ts';
import { type FailureCode, failureCodes } from '../domain/failure.ts';
import type { Language } from '../domain/language.ts';
import type { Ticket } from '../domain/ticket.ts';
import { formatField } from './format-field.ts';
import { type Texts, texts } from './texts/texts.ts';

/** What a user is told about a failure, in their language and without internals. */
export function describeFailure(code: FailureCode, language: Language): string {
  return texts[language].failures[code];
}

/** Why a person has to look, in words. Takes the codes of `Reason` and of failures. */
export function describeReason(reason: string, language: Language): string {
  const { reasons, fields, failures } = texts[language];
  const [code, detail = ''] = reason.split(':');
  const field = FieldName.safeParse(detail);
  if (code === 'missing' && field.success) return reasons.missing(fields[field.data]);
  if (code === 'doubtful' && field.success) return reasons.doubtful(fields[field.data]);
  if (reason === 'unknown_merchant') return reasons.unknownMerchant;
  if (reason === 'not_a_receipt') return reasons.notAReceipt;
  if (reason === 'no_text') return reasons.noText;
  const failure = failureCodes.find((known) => known === reason);
  return failure ? failures[failure] : reasons.other;
}

/**
 * The whole answer about a ticket that reached a final stage, as plain text.
 * @param first On a DUPLICATE: the ticket of the same bytes that came first.
 */
export function describeTicket(ticket: Ticket, language: Language, first: Ticket | null = null): string {
  const words = texts[language];
  switch (ticket.stage) {
    case 'COMPLETED':
      return [summary(ticket, words), words.completed].join('\n\n');
    case 'HUMAN_REVIEW':
      return [summary(ticket, words), reviewText(ticket, language)].filter(Boolean).join('\n\n');
    case 'FAILED':
      return words.failures[ticket.error?.code ?? 'internal'];
    case 'DUPLICATE':
      return duplicateText(first, words);
    default:
      return words.duplicateUnderWay;
  }
}

function duplicateText(first: Ticket | null, words: Texts): string {
  if (!first || first.reading === null) return words.duplicateUnderWay;
  const day = first.createdAt.toLocaleDateString(words.locale, { dateStyle: 'long' });
  return [words.duplicate.replace('{first}', day), summary(first, words)].join('\n\n');
}

function reviewText(ticket: Ticket, language: Language): string {
  const reasons = ticket.reasons.map((reason) => `• ${describeReason(reason, language)}`);
  return [texts[language].review, ...reasons].join('\n');
}

/** The fields in their fixed order, one a line, in the reader's formats. */
function summary(ticket: Ticket, words: Texts): string {
  const currency = ticket.fields.currency?.value;
  const lines = FieldName.options.flatMap((name) => {
    const field: FieldValue | undefined = ticket.fields[name];
    if (!field || name === 'currency') return [];
    return [`${words.fields[name]}: ${formatField(name, field.value, words.locale, currency)}`];
  });
  return lines.length === 0 ? '' : [words.kinds[ticket.kind ?? 'other'], ...lines].join('\n');
}
