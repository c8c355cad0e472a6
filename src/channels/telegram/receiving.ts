import { once } from 'node:events';
import type { Logger } from 'pino';
import { Language } from '../../domain/language.ts';
import type { BotApi } from './bot-api.ts';
import type { TelegramSettings } from './settings.ts';
import { telegramTexts } from './texts.ts';

export interface ReceivingDeps {
  api: Pick<BotApi, 'getMe' | 'deleteWebhook' | 'setWebhook' | 'setCommands' | 'getUpdates'>;
  /** Resolves when the updates are in the database. */
  keep(updates: readonly unknown[]): Promise<void>;
  log: Logger;
}

type Receive = (signal: AbortSignal, isUp: () => void) => Promise<void>;

/**
 * Asks for updates, one long poll after the other. An offset is only asked for when everything before it is kept, so what a death or a
 * database that is away leaves unkept comes again. (telegraf's own polling confirms a batch whose handler threw.)
 */
export function createPolling({ api, keep, log }: ReceivingDeps): Receive {
  let offset = 0;

  return async function poll(signal, isUp) {
    await api.getMe();
    await api.deleteWebhook();
    isUp();
    await setCommands(api, log);
    while (!signal.aborted) {
      const updates = await api.getUpdates(offset, signal);
      await keep(updates);
      offset = nextOffset(updates) ?? offset;
      isUp();
    }
  };
}

/** Telegram is told where to bring updates; the route (webhook.ts) takes them. */
export function createWebhookRegistration(
  { api, log }: Omit<ReceivingDeps, 'keep'>,
  { webhookSecret }: TelegramSettings,
  url: string,
): Receive {
  return async function register(signal, isUp) {
    await api.setWebhook(url, webhookSecret);
    isUp();
    await setCommands(api, log);
    if (!signal.aborted) await once(signal, 'abort');
  };
}

/** The last one of the batch and not the greatest: after a week of silence Telegram begins anew with any number. */
function nextOffset(updates: readonly unknown[]): number | null {
  const last = updates.at(-1);
  if (typeof last !== 'object' || last === null || !('update_id' in last)) return null;
  return Number(last.update_id) + 1;
}

/** The menu of commands: Spanish for everybody, its own for phones of the other languages. A bot without a menu works too. */
async function setCommands(api: ReceivingDeps['api'], log: Logger): Promise<void> {
  try {
    await api.setCommands(commandsOf(telegramTexts.es.commands));
    for (const language of Language.exclude(['es']).options) {
      await api.setCommands(commandsOf(telegramTexts[language].commands), language);
    }
  } catch (error) {
    log.warn({ err: error }, 'the menu of commands could not be set');
  }
}

function commandsOf(commands: Readonly<Record<string, string>>) {
  return Object.entries(commands).map(([command, description]) => ({ command, description }));
}
