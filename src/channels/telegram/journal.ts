import { z } from 'zod';
import type { Clock } from '../../domain/clock.ts';
import type { ChannelUpdates, NewUpdate } from '../../store/channel-updates.ts';
import { channelName } from './settings.ts';
import { type Message, Update } from './update.ts';

/** Telegram itself repeats an update for a day at most; a restored backup of ours may be older. */
const keptMs = 30 * 24 * 60 * 60_000;
/** The pictures of an album come as updates of their own within this time, and only one of them has the caption. */
const albumSettleMs = 1_000;

export interface JournalDeps {
  updates: Pick<ChannelUpdates, 'add'>;
  account: string;
  clock: Clock;
}

/** The one way into the channel: keeps what Telegram brought, in the database when it resolves. Nothing else is done here. */
export function createJournal({ updates, account, clock }: JournalDeps) {
  return async function keep(raw: readonly unknown[]): Promise<void> {
    await updates.add(raw.flatMap((one) => toUpdate(one, account, clock.now())));
  };
}

const Numbered = z.object({ update_id: z.int() });

/** What cannot be understood is kept too, under its number, so that it can be looked at; without a number it is nothing. */
function toUpdate(raw: unknown, account: string, now: Date): NewUpdate[] {
  const numbered = Numbered.safeParse(raw);
  if (!numbered.success) return [];
  const parsed = Update.safeParse(raw);
  const update: Update = parsed.success ? parsed.data : numbered.data;
  const { message, callback_query: query } = update;
  const album = message?.media_group_id ?? null;
  const { update_id: updateId } = update;
  const common = { channel: channelName, account, key: String(updateId), updateId, album, payload: update };
  const at = now.getTime();
  return [
    {
      ...common,
      lane: message && hasFile(message) ? 'document' : 'talk',
      chat: String(message?.chat.id ?? query?.message?.chat.id ?? ''),
      sender: String(message?.from?.id ?? query?.from.id ?? message?.chat.id ?? ''),
      receivedAt: now,
      availableAt: new Date(album === null ? at : at + albumSettleMs),
      expiresAt: new Date(at + keptMs),
    },
  ];
}

export function hasFile({ photo, document, animation }: Message): boolean {
  return animation === undefined && ((photo?.length ?? 0) > 0 || document !== undefined);
}
