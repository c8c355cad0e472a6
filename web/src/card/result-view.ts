import type { AnswerEntry, DocumentEntry } from '../../../src/channels/webchat/chat-entry.ts';
import type { FieldName, FieldValue } from '../../../src/domain/document.ts';
import type { FailureCode } from '../../../src/domain/failure.ts';
import type { Result } from '../../../src/domain/result.ts';
import { formatField, shownFields } from '../../../src/notifier/format-field.ts';
import type { Words } from '../i18n/words.ts';

/** Below this a value is shown as one to check. */
export const sureFrom = 0.9;

export interface FieldView {
  name: FieldName;
  label: string;
  /** In the reader's format. */
  text: string;
  field: FieldValue;
}

/** A result as the card shows it: title, one big amount, and the rest in the order of the texts. */
export interface ResultView {
  title: string | null;
  amount: FieldView | null;
  rows: FieldView[];
}

/** A duplicate shows what was read on the first, which only its answer carries. */
export function shownResult(document: DocumentEntry, answer: AnswerEntry | null): Result {
  return document.result.stage === 'DUPLICATE' ? (answer?.result ?? document.result) : document.result;
}

/**
 * The code of what went wrong with the document, or with the first that it repeats; null when it was read.
 * @param first In this chat too: as it is now, for it may have been read again since the answer.
 */
export function failureOf(
  document: DocumentEntry,
  answer: AnswerEntry | null,
  first: DocumentEntry | undefined,
): FailureCode | null {
  const { stage, error } = document.result;
  if (stage === 'FAILED') return error?.code ?? 'internal';
  if (stage !== 'DUPLICATE') return null;
  return first ? failureOf(first, null, undefined) : (answer?.result?.error?.code ?? null);
}

export function viewOf({ kind, fields, merchant }: Result, { texts }: Words): ResultView {
  const views = shownFields(kind, texts).flatMap((name): FieldView[] => {
    const field = fields[name];
    if (!field) return [];
    return [
      { name, label: texts.fields[name], text: formatField(name, field.value, texts, fields.currency?.value), field },
    ];
  });
  const amount = views.find(({ name }) => name === 'total' || name === 'monto') ?? null;
  const title = kind === 'payment_proof' ? null : (merchant?.name ?? fields.merchant?.value ?? null);
  // The merchant is the title.
  const rows = views.filter((view) => view !== amount && view.name !== 'merchant');
  return { title, amount, rows };
}

/** All of it as plain text, for the clipboard. */
export function plainText({ title, amount, rows }: ResultView): string {
  const lines = [amount, ...rows].flatMap((view) => (view ? [`${view.label}: ${view.text}`] : []));
  return [title, ...lines].filter(Boolean).join('\n');
}
