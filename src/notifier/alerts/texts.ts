import type { Alert, AlertCode, Severity } from '../../domain/alert.ts';
import type { Language } from '../../domain/language.ts';

type Detail = Readonly<Record<string, string>>;

interface AlertTexts {
  severities: Record<Severity, string>;
  /** What is the matter and what an operator does about it. */
  codes: Record<AlertCode, (detail: Detail) => string>;
  stillOpen: (minutes: number) => string;
  over: (what: string, minutes: number) => string;
}

const es: AlertTexts = {
  severities: { info: 'ℹ️ Aviso', warning: '⚠️ Atención', critical: '🚨 Crítico' },
  codes: {
    'channel-down': ({ channel, error }) => `El canal ${channel} no recibe: ${error}. Mira recibot channels.`,
    'channel-logged-out': ({ channel }) =>
      `Se cerró la sesión de ${channel}. Vuelve a vincularlo en la página /canales o con recibot channels.`,
    'channel-silent': ({ channel }) => `El proceso del canal ${channel} no da señales de vida. ¿Sigue corriendo?`,
    'queue-growing': ({ queue, count }) => `La cola ${queue} crece: ${count} mensajes esperan.`,
    'dead-letters': ({ queue, count }) =>
      `Mensajes que fallaron del todo en la cola ${queue}: ${count}. Mira recibot dead-letters list.`,
    'disk-low': ({ free, folder }) => `Queda poco disco: ${free} libres en ${folder}.`,
    'database-away': ({ seconds }) => `La base de datos no respondió durante ${seconds} s.`,
    'bus-away': () => 'RabbitMQ no responde: los documentos quedan guardados y esperan.',
    'reader-failing': ({ count }) => `El lector falla: ${count} documentos en los últimos diez minutos.`,
    'authority-away': ({ authority, count }) =>
      `${authority} no contesta: ${count} facturas esperan guardadas y respaldadas; se preguntará de nuevo sola.`,
    'invoice-foreign': ({ detail }) => `Llegó una factura que no es para la empresa; no se registró: ${detail}.`,
    'invoice-not-good': ({ detail }) => `La autoridad fiscal no da por buena una factura: ${detail}.`,
    'invoice-cancelled-later': ({ detail }) => `Una factura ya validada fue cancelada después: ${detail}.`,
    'booking-refused': ({ detail, error }) => `El sistema contable no aceptó un registro (${detail}): ${error}`,
  },
  stillOpen: (minutes) => `Sigue así desde hace ${minutes} min.`,
  over: (what, minutes) => `✅ Resuelto tras ${minutes} min: ${what}`,
};

const en: AlertTexts = {
  severities: { info: 'ℹ️ Notice', warning: '⚠️ Warning', critical: '🚨 Critical' },
  codes: {
    'channel-down': ({ channel, error }) => `The channel ${channel} does not receive: ${error}. See recibot channels.`,
    'channel-logged-out': ({ channel }) =>
      `${channel} was logged out. Link it again on the page /canales or with recibot channels.`,
    'channel-silent': ({ channel }) =>
      `The process of the channel ${channel} gives no sign of life. Does it still run?`,
    'queue-growing': ({ queue, count }) => `The queue ${queue} is growing: ${count} messages wait.`,
    'dead-letters': ({ queue, count }) =>
      `Messages that failed for good in the queue ${queue}: ${count}. See recibot dead-letters list.`,
    'disk-low': ({ free, folder }) => `The disk is nearly full: ${free} free in ${folder}.`,
    'database-away': ({ seconds }) => `The database did not answer for ${seconds} s.`,
    'bus-away': () => 'RabbitMQ does not answer: documents are kept and wait.',
    'reader-failing': ({ count }) => `The reader fails: ${count} documents in the last ten minutes.`,
    'authority-away': ({ authority, count }) =>
      `${authority} does not answer: ${count} invoices wait, kept and backed up; they are asked about again by themselves.`,
    'invoice-foreign': ({ detail }) => `An invoice came that is not for the company; it was not booked: ${detail}.`,
    'invoice-not-good': ({ detail }) => `The tax authority does not hold an invoice good: ${detail}.`,
    'invoice-cancelled-later': ({ detail }) => `An invoice that was valid has been cancelled since: ${detail}.`,
    'booking-refused': ({ detail, error }) => `The accounting system did not take an entry (${detail}): ${error}`,
  },
  stillOpen: (minutes) => `It has been so for ${minutes} min.`,
  over: (what, minutes) => `✅ Over after ${minutes} min: ${what}`,
};

const pt: AlertTexts = {
  severities: { info: 'ℹ️ Aviso', warning: '⚠️ Atenção', critical: '🚨 Crítico' },
  codes: {
    'channel-down': ({ channel, error }) => `O canal ${channel} não recebe: ${error}. Veja recibot channels.`,
    'channel-logged-out': ({ channel }) =>
      `A sessão de ${channel} foi encerrada. Vincule de novo na página /canales ou com recibot channels.`,
    'channel-silent': ({ channel }) => `O processo do canal ${channel} não dá sinal de vida. Ainda está rodando?`,
    'queue-growing': ({ queue, count }) => `A fila ${queue} cresce: ${count} mensagens esperam.`,
    'dead-letters': ({ queue, count }) =>
      `Mensagens que falharam de vez na fila ${queue}: ${count}. Veja recibot dead-letters list.`,
    'disk-low': ({ free, folder }) => `Resta pouco disco: ${free} livres em ${folder}.`,
    'database-away': ({ seconds }) => `O banco de dados não respondeu durante ${seconds} s.`,
    'bus-away': () => 'O RabbitMQ não responde: os documentos ficam guardados e esperam.',
    'reader-failing': ({ count }) => `O leitor falha: ${count} documentos nos últimos dez minutos.`,
    'authority-away': ({ authority, count }) =>
      `${authority} não responde: ${count} notas esperam guardadas e com cópia; a consulta se repete sozinha.`,
    'invoice-foreign': ({ detail }) => `Chegou uma nota que não é para a empresa; não foi registrada: ${detail}.`,
    'invoice-not-good': ({ detail }) => `A autoridade fiscal não aceita uma nota: ${detail}.`,
    'invoice-cancelled-later': ({ detail }) => `Uma nota já validada foi cancelada depois: ${detail}.`,
    'booking-refused': ({ detail, error }) => `O sistema contábil não aceitou um registro (${detail}): ${error}`,
  },
  stillOpen: (minutes) => `Continua assim há ${minutes} min.`,
  over: (what, minutes) => `✅ Resolvido após ${minutes} min: ${what}`,
};

const texts: Readonly<Record<Language, AlertTexts>> = { es, en, pt };

export function describeAlert({ code, detail }: Pick<Alert, 'code' | 'detail'>, language: Language): string {
  return texts[language].codes[code](detail);
}

/** What operators read when it begins, and again while it lasts. */
export function alertText(alert: Alert, severity: Severity, language: Language, now: Date): string {
  const { severities, stillOpen } = texts[language];
  const first = `${severities[severity]} · ${describeAlert(alert, language)}`;
  return alert.told === 0 ? first : `${first}\n${stillOpen(minutesBetween(alert.openedAt, now))}`;
}

export function alertEndText(alert: Alert, language: Language): string {
  const minutes = minutesBetween(alert.openedAt, alert.resolvedAt ?? alert.lastAt);
  return texts[language].over(describeAlert(alert, language), minutes);
}

function minutesBetween(from: Date, to: Date): number {
  return Math.max(1, Math.round((to.getTime() - from.getTime()) / 60_000));
}
