import type { Button } from '../conversation/conversation.ts';
import type { Language } from '../domain/language.ts';
import type { Result } from '../domain/result.ts';
import { Stage } from '../domain/stage.ts';

const words: Readonly<Record<Language, { confirm: string; fix: string; retry: string }>> = {
  es: { confirm: '✅ Confirmar', fix: '✏️ Corregir', retry: '🔄 Reintentar' },
  en: { confirm: '✅ Confirm', fix: '✏️ Correct', retry: '🔄 Try again' },
  pt: { confirm: '✅ Confirmar', fix: '✏️ Corrigir', retry: '🔄 Tentar de novo' },
};

const shownMerchants = 3;

/** The names of the merchants that a person may choose from, where Recibot is not sure of it. */
export function merchantsToChoose({ stage, reasons, candidates = [] }: Result): string[] {
  if (stage !== 'HUMAN_REVIEW' || candidates.length === 0) return [];
  const isDoubted = reasons.includes('unknown_merchant') || reasons.some((reason) => reason.endsWith(':merchant'));
  return isDoubted ? candidates.slice(0, shownMerchants).map(({ name }) => name) : [];
}

/** What a person may do with a document that has come to an end. @param merchants Those that it may be of, from `merchantsToChoose`. */
export function documentButtons(
  ticketId: string,
  stage: string | null,
  language: Language,
  merchants: readonly string[] = [],
): Button[][] {
  const { confirm, fix, retry } = words[language];
  const button = (label: string, command: string): Button => ({ label, data: `cmd:${command}:${ticketId}` });
  switch (Stage.safeParse(stage).data) {
    case 'HUMAN_REVIEW':
      return [
        ...merchants.map((name, place) => [{ label: `🏪 ${name}`, data: `mer:${ticketId}:${place}` }]),
        [button(confirm, 'confirm'), button(fix, 'fix')],
      ];
    case 'COMPLETED':
      return [[button(fix, 'fix')]];
    case 'FAILED':
      return [[button(retry, 'retry')]];
    default:
      return [];
  }
}
