import type { Language } from '../domain/language.ts';
import type { PortalState } from '../domain/portal.ts';
import { texts } from './texts/texts.ts';

interface PortalTexts {
  mayAsk: (name: string) => string;
  untried: string;
  until: (day: string) => string;
  asks: (names: string) => string;
  said: (words: string) => string;
  ready: string;
  byMail: string;
}

const portalTexts: Readonly<Record<Language, PortalTexts>> = {
  es: {
    mayAsk: (name) =>
      `🧾 Puedo pedir la factura en el portal de ${name}: escribe /facturar en respuesta a este mensaje.`,
    untried: 'Es un portal que aún no he probado en vivo: puede que no lo logre a la primera.',
    until: (day) => `El portal suele aceptar el ticket hasta el ${day}.`,
    asks: (names) => `El portal pide: ${names}.`,
    said: (words) => `El portal dijo: «${words}»`,
    ready: '🧾 La factura está lista.',
    byMail: '🧾 El portal hizo la factura y la envía a tu correo.',
  },
  en: {
    mayAsk: (name) => `🧾 I can ask for the invoice at the portal of ${name}: reply /facturar to this message.`,
    untried: 'I have not tried this portal live yet: it may not work the first time.',
    until: (day) => `The portal usually takes the ticket until ${day}.`,
    asks: (names) => `The portal asks for: ${names}.`,
    said: (words) => `The portal said: “${words}”`,
    ready: '🧾 The invoice is ready.',
    byMail: '🧾 The portal made the invoice and sends it to your mailbox.',
  },
  pt: {
    mayAsk: (name) => `🧾 Posso pedir a nota no portal de ${name}: responda /facturar a esta mensagem.`,
    untried: 'É um portal que ainda não testei ao vivo: pode não dar certo na primeira vez.',
    until: (day) => `O portal costuma aceitar o tíquete até ${day}.`,
    asks: (names) => `O portal pede: ${names}.`,
    said: (words) => `O portal disse: «${words}»`,
    ready: '🧾 A nota está pronta.',
    byMail: '🧾 O portal fez a nota e a envia ao seu e-mail.',
  },
};

/** What a person is told about their merchant's portal, one sentence a line. */
export function portalText(
  { name, isVerified, outcome, words, lastDay, missing }: PortalState,
  hasInvoice: boolean,
  language: Language,
): string {
  const { mayAsk, untried, until, asks, said, ready, byMail } = portalTexts[language];
  if (hasInvoice) return ready;
  if (outcome === 'ok') return byMail;
  const isNew = outcome === null && missing.length === 0;
  const lines = [
    missing.length > 0 && asks(missing.map((one) => (language === 'es' ? one.es : one.en)).join(', ')),
    words !== null && said(words),
    isNew && mayAsk(name),
    isNew && !isVerified && untried,
    lastDay !== null && until(dayIn(lastDay, language)),
  ];
  return lines.filter(Boolean).join('\n');
}

function dayIn(day: string, language: Language): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString(texts[language].locale, {
    dateStyle: 'long',
    timeZone: 'UTC',
  });
}
