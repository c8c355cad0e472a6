import { randomUUID } from 'node:crypto';
import { withinTimeLimit } from '../../store/database-retry.ts';
import { type Priority, priorities } from '../bus.ts';
import type { Claim, LaneSource } from '../claim.ts';
import { holdLease, type LeaseParts, leaseEnd } from './lease.ts';
import { available, toMessage } from './stored-message.ts';

export function createLaneSource(parts: LeaseParts): LaneSource {
  const { queue, messages, clock, leaseMs } = parts;

  async function claim(lane: Priority): Promise<Claim | null> {
    for (;;) {
      const holder = randomUUID();
      const found = await withinTimeLimit(() =>
        messages().findOneAndUpdate(
          available(queue, [lane], clock.now()),
          { $set: { holder, availableAt: leaseEnd(clock, leaseMs) }, $inc: { attempt: 1 } },
          { sort: { availableAt: 1 }, returnDocument: 'before' },
        ),
      );
      if (!found) return null;
      const message = toMessage(found);
      const lease = holdLease(parts, found._id, holder);
      // A holder that did not settle ended with the message in its hands.
      if (message) return { ...lease, message, attempt: found.attempt + 1, isSuspect: found.holder !== null };
      await lease.settle({ kind: 'dead', reason: 'internal: not a message of ours' });
    }
  }

  async function hasWork(): Promise<boolean> {
    const one = () => messages().findOne(available(queue, priorities, clock.now()), { projection: { _id: 1 } });
    return (await withinTimeLimit(one)) !== null;
  }

  return { claim, hasWork };
}
