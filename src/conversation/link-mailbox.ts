import type { Language } from '../domain/language.ts';
import type { Identity } from '../domain/person.ts';
import type { Asker } from './asker.ts';
import type { Reply, Said } from './conversation.ts';

/** Mailboxes that people have read for them; built by the channel. */
export interface MailLinks {
  /** What to tell somebody who wants to link one: the link that they open. */
  invite(companyId: string, said: Omit<Said, 'what'>, language: Language): Promise<string>;
  /** Forgets the mailboxes that these identities linked, and says which. */
  leave(identities: readonly Identity[], language: Language): Promise<string>;
}

export interface LinkMailboxDeps {
  /** Absent where no OAuth client is set. */
  mailLinks?: MailLinks | undefined;
}

const words: Readonly<Record<Language, { notHere: string; notNow: string }>> = {
  es: {
    notHere: 'Aquí todavía no se puede vincular Gmail: quien administra Recibot tiene que configurarlo primero.',
    notNow: 'Ahora no puedo comunicarme con Google. Inténtalo otra vez en un momento.',
  },
  en: {
    notHere: 'Gmail cannot be linked here yet: whoever administers Recibot has to set it up first.',
    notNow: 'I cannot reach Google now. Please try again in a moment.',
  },
  pt: {
    notHere: 'Aqui ainda não dá para vincular o Gmail: quem administra o Recibot precisa configurá-lo primeiro.',
    notNow: 'Agora não consigo falar com o Google. Tente de novo daqui a pouco.',
  },
};

/** What `/vincular gmail` and `/vincular gmail quitar` bring about; null for another word after `/vincular`. */
export function mailboxEffect(rest: string): { do: 'link-mailbox' | 'leave-mailboxes' } | null {
  if (!/^(?:gmail|correo|mail|e-?mail)\b/i.test(rest)) return null;
  return {
    do: /\b(?:quitar|eliminar|remover|remove|desvincular|unlink)\b/i.test(rest) ? 'leave-mailboxes' : 'link-mailbox',
  };
}

export async function linkMailbox({ mailLinks }: LinkMailboxDeps, { person, said, language }: Asker): Promise<Reply[]> {
  const { notHere, notNow } = words[language];
  if (!mailLinks) return [{ text: notHere }];
  const { what, ...who } = said;
  return [{ text: await mailLinks.invite(person.companyId, who, language).catch(() => notNow) }];
}

export async function leaveMailboxes({ mailLinks }: LinkMailboxDeps, { person, language }: Asker): Promise<Reply[]> {
  return [{ text: (await mailLinks?.leave(person.identities, language)) ?? words[language].notHere }];
}
