import type { Channel } from './channel.ts';
import { createInbox, type InboxDeps } from './inbox/inbox.ts';
import { createWebChat, type WebChatDeps } from './webchat/webchat.ts';

export type ChannelDeps = WebChatDeps & InboxDeps;

/** Every way in that also answers. The key is the folder's name, `channel.name` and `source.channel`; a test holds them equal. */
const registry: Readonly<Record<string, (deps: ChannelDeps) => Channel>> = {
  webchat: createWebChat,
  inbox: createInbox,
};

export const channelNames: readonly string[] = Object.keys(registry);

export function createChannels(deps: ChannelDeps): Channel[] {
  return Object.values(registry).map((create) => create(deps));
}
