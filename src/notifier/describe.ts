import type { FailureCode } from '../domain/failure.ts';
import type { Language } from '../domain/language.ts';
import { isFinal } from '../domain/stage.ts';
import type { Ticket } from '../domain/ticket.ts';
import { complianceText } from './compliance-text.ts';
import { formatField, shownFields } from './format-field.ts';
import { portalText } from './portal-text.ts';
import { reasonText } from './reason-text.ts';
import { type Texts, texts } from './texts/texts.ts';

/** What a user is told about a failure, in their language and without internals. */
export function describeFailure(code: FailureCode, language: Language): string {
  return texts[language].failures[code];
}

/**
 * The whole answer about a ticket that reached a final stage, as plain text.
 * @param first On a DUPLICATE: the ticket of the same bytes that came first.
 */
export function describeTicket(ticket: Ticket, language: Language, first: Ticket | null = null): string {
  const words = texts[language];
  switch (ticket.stage) {
    case 'COMPLETED':
      if (ticket.parts.length > 0) return words.package(ticket.parts.length);
      return [summary(ticket, words), words.completed, ...followUps(ticket, language)].filter(Boolean).join('\n\n');
    case 'HUMAN_REVIEW':
      return [summary(ticket, words), reviewText(ticket, words), ...followUps(ticket, language)]
        .filter(Boolean)
        .join('\n\n');
    case 'FAILED':
      return failureText(ticket, words);
    case 'DUPLICATE':
      return duplicateText(first, words);
    default:
      return words.duplicateUnderWay;
  }
}

function duplicateText(first: Ticket | null, words: Texts): string {
  if (!first || !isFinal(first.stage)) return words.duplicateUnderWay;
  if (first.stage === 'FAILED') return failureText(first, words);
  const day = first.createdAt.toLocaleDateString(words.locale, { dateStyle: 'long' });
  return [words.duplicate.replace('{first}', day), summary(first, words)].filter(Boolean).join('\n\n');
}

function failureText({ error }: Ticket, words: Texts): string {
  return words.failures[error?.code ?? 'internal'];
}

function reviewText({ reasons }: Ticket, words: Texts): string {
  return [words.review, ...reasons.map((reason) => `• ${reasonText(reason, words)}`)].join('\n');
}

/** What the portal and the tax authority said. */
function followUps({ portal, invoice, compliance }: Ticket, language: Language): string[] {
  return [
    portal ? portalText(portal, invoice !== null, language) : '',
    compliance ? complianceText(compliance, language) : '',
  ];
}

/** The fields in their fixed order, one a line, in the reader's formats. */
function summary({ kind, fields }: Ticket, words: Texts): string {
  const lines = shownFields(kind, words).flatMap((name) => {
    const field = fields[name];
    return field ? [`${words.fields[name]}: ${formatField(name, field.value, words, fields.currency?.value)}`] : [];
  });
  return lines.length === 0 ? '' : [words.kinds[kind ?? 'other'], ...lines].join('\n');
}
