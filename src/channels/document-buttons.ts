import type { Button } from '../conversation/conversation.ts';
import { worthAsking } from '../domain/document.ts';
import type { Language } from '../domain/language.ts';
import type { Result } from '../domain/result.ts';
import { Stage } from '../domain/stage.ts';

const words: Readonly<Record<Language, { confirm: string; fix: string; retry: string; invoice: string }>> = {
  es: { confirm: '✅ Confirmar', fix: '✏️ Corregir', retry: '🔄 Reintentar', invoice: '🧾 Facturar' },
  en: { confirm: '✅ Confirm', fix: '✏️ Correct', retry: '🔄 Try again', invoice: '🧾 Get invoice' },
  pt: { confirm: '✅ Confirmar', fix: '✏️ Corrigir', retry: '🔄 Tentar de novo', invoice: '🧾 Pedir nota' },
};

/** The names of the merchants that a person may choose from, where Recibot is not sure of it. */
export function merchantsToChoose({ stage, reasons, candidates = [] }: Result): string[] {
  if (stage !== 'HUMAN_REVIEW' || candidates.length === 0) return [];
  const isDoubted = reasons.includes('unknown_merchant') || reasons.some((reason) => reason.endsWith(':merchant'));
  return isDoubted ? worthAsking(candidates).map(({ name }) => name) : [];
}

/** Whether a receipt's merchant has a portal that has not given its invoice yet. */
export function mayInvoice({ stage, portal, invoice }: Result): boolean {
  const isAtEnd = stage === 'COMPLETED' || stage === 'HUMAN_REVIEW';
  return isAtEnd && portal !== undefined && portal.outcome !== 'ok' && invoice === undefined;
}

export interface DocumentChoices {
  /** Those that it may be of, from `merchantsToChoose`. */
  merchants?: readonly string[];
  mayInvoice?: boolean;
}

/** What a person may do with a document that has come to an end. */
export function documentButtons(
  ticketId: string,
  stage: string | null,
  language: Language,
  { merchants = [], mayInvoice = false }: DocumentChoices = {},
): Button[][] {
  const { confirm, fix, retry, invoice } = words[language];
  const button = (label: string, command: string): Button => ({ label, data: `cmd:${command}:${ticketId}` });
  const invoicing = mayInvoice ? [[button(invoice, 'invoice')]] : [];
  switch (Stage.safeParse(stage).data) {
    case 'HUMAN_REVIEW':
      return [
        ...merchants.map((name, place) => [{ label: `🏪 ${name}`, data: `mer:${ticketId}:${place}` }]),
        [button(confirm, 'confirm'), button(fix, 'fix')],
        ...invoicing,
      ];
    case 'COMPLETED':
      return [...invoicing, [button(fix, 'fix')]];
    case 'FAILED':
      return [[button(retry, 'retry')]];
    default:
      return [];
  }
}
