import type { Tell } from '../channels/channel.ts';
import type { Clock } from '../domain/clock.ts';
import type { OutgoingBox } from '../store/outgoing.ts';
import type { QuietEnd } from './quiet/quiet.ts';

export interface TellDeps {
  outgoing: Pick<OutgoingBox, 'add'>;
  quietEnd: QuietEnd;
  clock: Clock;
}

/** Puts it into the box, from which postman.ts takes it. */
export function createTell({ outgoing, quietEnd, clock }: TellDeps): Tell {
  return async function tell(channel, { id, account, chat, reply, canWait = false }) {
    const now = clock.now();
    const dueAt = (canWait ? await quietEnd({ channel, account, chat }) : null) ?? now;
    await outgoing.add({ id, channel, account, chat, what: { kind: 'notice', reply }, dueAt }, now);
  };
}
