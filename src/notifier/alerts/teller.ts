import type { Tell } from '../../channels/channel.ts';
import { type Alert, moreSevere } from '../../domain/alert.ts';
import type { Clock } from '../../domain/clock.ts';
import type { Language } from '../../domain/language.ts';
import type { Person } from '../../domain/person.ts';
import type { Alerts } from '../../store/alerts.ts';
import { alertEndText, alertText } from './texts.ts';

/** Told once, then escalated so often at most. */
const maxEscalations = 2;

export interface AlertSettings {
  chat: { channel: string; chat: string } | null;
  escalationChat: { channel: string; chat: string } | null;
  escalateAfterMs: number;
}

export interface AlertTellerDeps {
  alerts: Pick<Alerts, 'dueToTell' | 'noteTold' | 'dueToEnd' | 'noteEnd'>;
  tell: Tell;
  people: { operators(): Promise<Person[]> };
  settings: AlertSettings;
  language: Language;
  clock: Clock;
}

export interface Recipient {
  channel: string;
  account: string;
  chat: string;
  language: Language;
}

/**
 * Tells operators what began, what lasts and what is over. Each message has an id of its own, so that processes that do this at once,
 * and one that died half-way, tell it once.
 */
export function createAlertTeller({ alerts, tell, people, settings, language, clock }: AlertTellerDeps) {
  async function tellAll(): Promise<void> {
    for (const alert of await alerts.dueToTell()) await tellOne(alert);
    for (const alert of await alerts.dueToEnd()) await tellEnd(alert);
  }

  async function tellOne(alert: Alert): Promise<void> {
    const isAgain = alert.told > 0;
    const severity = isAgain ? moreSevere(alert.severity) : alert.severity;
    const now = clock.now();
    const canWait = severity === 'info';
    await say(await recipients(isAgain), `${alert.told}`, alert, canWait, (to) =>
      alertText(alert, severity, to.language, now),
    );
    const isLast = alert.told >= maxEscalations || alert.severity === 'info';
    await alerts.noteTold(alert, severity, isLast ? null : new Date(now.getTime() + settings.escalateAfterMs));
  }

  async function tellEnd(alert: Alert): Promise<void> {
    const to = await recipients(alert.told > 1);
    await say(to, 'over', alert, alert.severity === 'info', ({ language }) => alertEndText(alert, language));
    await alerts.noteEnd(alert);
  }

  async function say(
    to: Recipient[],
    part: string,
    { id, returns }: Alert,
    canWait: boolean,
    text: (to: Recipient) => string,
  ): Promise<void> {
    for (const one of to) {
      const { channel, account, chat } = one;
      const notice = { id: `alert:${id}:${returns}:${part}:${chat}`, account, chat, canWait };
      await tell(channel, { ...notice, reply: { text: text(one) } });
    }
  }

  async function recipients(isEscalated: boolean): Promise<Recipient[]> {
    const { chat, escalationChat } = settings;
    const first = chat ? [inChat(chat)] : await operators();
    if (!isEscalated) return first;
    const second = escalationChat ? [inChat(escalationChat)] : await operators();
    return [...first, ...second.filter((one) => !first.some((other) => isSame(one, other)))];
  }

  function inChat({ channel, chat }: { channel: string; chat: string }): Recipient {
    return { channel, account: '', chat, language };
  }

  async function operators(): Promise<Recipient[]> {
    return (await people.operators()).flatMap((person) => privateChatOf(person, language));
  }

  return { tellAll };
}

/** In a private chat of these channels the chat is called as the person is. */
const privateChannels = ['telegram', 'whatsapp'];

function privateChatOf({ identities, language }: Person, byDefault: Language): Recipient[] {
  const found = privateChannels.flatMap((name) => identities.find(({ channel }) => channel === name) ?? []);
  return found.slice(0, 1).map(({ channel, account, sender }) => {
    return { channel, account, chat: sender, language: language ?? byDefault };
  });
}

function isSame(one: Recipient, other: Recipient): boolean {
  return one.channel === other.channel && one.chat === other.chat;
}
