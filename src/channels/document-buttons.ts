import type { Button } from '../conversation/conversation.ts';
import type { Language } from '../domain/language.ts';
import { Stage } from '../domain/stage.ts';

const words: Readonly<Record<Language, { confirm: string; fix: string; retry: string }>> = {
  es: { confirm: '✅ Confirmar', fix: '✏️ Corregir', retry: '🔄 Reintentar' },
  en: { confirm: '✅ Confirm', fix: '✏️ Correct', retry: '🔄 Try again' },
  pt: { confirm: '✅ Confirmar', fix: '✏️ Corrigir', retry: '🔄 Tentar de novo' },
};

/** What a person may do with a document that has come to an end. */
export function documentButtons(ticketId: string, stage: string | null, language: Language): Button[][] {
  const { confirm, fix, retry } = words[language];
  const button = (label: string, command: string): Button => ({ label, data: `cmd:${command}:${ticketId}` });
  switch (Stage.safeParse(stage).data) {
    case 'HUMAN_REVIEW':
      return [[button(confirm, 'confirm'), button(fix, 'fix')]];
    case 'COMPLETED':
      return [[button(fix, 'fix')]];
    case 'FAILED':
      return [[button(retry, 'retry')]];
    default:
      return [];
  }
}
