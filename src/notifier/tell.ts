import type { Notice } from '../channels/channel.ts';
import type { Clock } from '../domain/clock.ts';
import type { OutgoingBox } from '../store/outgoing.ts';

/**
 * Tells something in a chat of any channel, wherever that channel runs: it is in the database when this resolves, and whoever has the
 * channel tells it, once per `notice.id`. A chat that cannot be reached is tried for a day. Throws Failure `database-unavailable`.
 */
export type Tell = (channel: string, notice: Notice) => Promise<void>;

export interface TellDeps {
  outgoing: Pick<OutgoingBox, 'add'>;
  clock: Clock;
}

export function createTell({ outgoing, clock }: TellDeps): Tell {
  return async function tell(channel, { id, account, chat, reply }) {
    const now = clock.now();
    await outgoing.add({ id, channel, account, chat, what: { kind: 'notice', reply }, dueAt: now }, now);
  };
}
