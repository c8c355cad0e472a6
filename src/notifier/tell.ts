import type { Tell } from '../channels/channel.ts';
import type { Clock } from '../domain/clock.ts';
import type { OutgoingBox } from '../store/outgoing.ts';

export interface TellDeps {
  outgoing: Pick<OutgoingBox, 'add'>;
  clock: Clock;
}

/** Puts it into the box, from which postman.ts takes it. */
export function createTell({ outgoing, clock }: TellDeps): Tell {
  return async function tell(channel, { id, account, chat, reply }) {
    const now = clock.now();
    await outgoing.add({ id, channel, account, chat, what: { kind: 'notice', reply }, dueAt: now }, now);
  };
}
