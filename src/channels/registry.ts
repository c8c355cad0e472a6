import type { Channel } from './channel.ts';
import { createGmail, type GmailDeps } from './gmail/gmail.ts';
import { createInbox, type InboxDeps } from './inbox/inbox.ts';
import { createTelegram, type TelegramDeps } from './telegram/telegram.ts';
import { createWebChat, type WebChatDeps } from './webchat/webchat.ts';
import { createWhatsApp, type WhatsAppDeps } from './whatsapp/whatsapp.ts';

export type ChannelDeps = WebChatDeps & InboxDeps & TelegramDeps & GmailDeps & WhatsAppDeps;

/** Every way in that also answers. The key is the folder's name, `channel.name` and `source.channel`; a test holds them equal. */
const registry: Readonly<Record<string, (deps: ChannelDeps) => Channel | null>> = {
  webchat: createWebChat,
  inbox: createInbox,
  telegram: createTelegram,
  gmail: createGmail,
  whatsapp: createWhatsApp,
};

export const channelNames: readonly string[] = Object.keys(registry);

/** One that its settings leave out makes none. */
export function createChannels(deps: ChannelDeps): Channel[] {
  return Object.values(registry).flatMap((create) => create(deps) ?? []);
}
