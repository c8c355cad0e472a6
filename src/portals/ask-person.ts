import type { Tell } from '../channels/channel.ts';
import type { Clock } from '../domain/clock.ts';
import type { Language } from '../domain/language.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { PortalQuestions } from '../store/portal-questions.ts';

/** Sessions of portals end after five minutes or more. */
const patienceMs = 4 * 60_000;
const pollMs = 1_000;

const captchaText: Readonly<Record<Language, string>> = {
  es: 'El portal de facturación quiere saber qué dice esta imagen. Escríbelo tal cual; espero cuatro minutos.',
  en: 'The invoicing portal wants to know what this picture says. Type it exactly; I wait four minutes.',
  pt: 'O portal de faturamento quer saber o que diz esta imagem. Escreva exatamente; espero quatro minutos.',
};

export interface AskPersonDeps {
  questions: PortalQuestions;
  tell: Tell;
  clock: Clock;
}

/** Shows a portal's captcha in the ticket's chat and waits for what the person types; null when nobody does in time. */
export function createAskPerson({ questions, tell, clock }: AskPersonDeps) {
  return async function solveCaptcha(ticket: Ticket, picture: Uint8Array, signal: AbortSignal): Promise<string | null> {
    const { channel, account, chat } = ticket.source;
    const askedAt = clock.now();
    await questions.ask(ticket.id, { channel, account, chat }, askedAt, new Date(askedAt.getTime() + patienceMs));
    try {
      const file = { name: 'captcha.png', mime: 'image/png', bytes: picture };
      const id = `captcha:${ticket.id}:${askedAt.getTime()}`;
      await tell(channel, { id, account, chat, reply: { text: captchaText[ticket.language], file } });
      for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += pollMs) {
        const answer = await questions.answerOf(ticket.id);
        if (answer !== null) return answer;
        await clock.sleep(pollMs, signal);
      }
      return null;
    } finally {
      await questions.close(ticket.id);
    }
  };
}
