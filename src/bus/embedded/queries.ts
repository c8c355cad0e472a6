import type { DeadLetter, QueueDepth } from '../bus.ts';
import { keyOf, type Messages, toMessage } from './stored-message.ts';

export async function countDepth(messages: Messages, queue: string, now: Date): Promise<QueueDepth> {
  const open = { queue, state: 'open' as const };
  const later = { ...open, availableAt: { $gt: now } };
  const [ready, inFlight, delayed, dead] = await Promise.all([
    messages.countDocuments({ ...open, availableAt: { $lte: now } }),
    messages.countDocuments({ ...later, holder: { $ne: null } }),
    messages.countDocuments({ ...later, holder: null }),
    messages.countDocuments({ queue, state: 'dead' }),
  ]);
  return { ready, inFlight, delayed, dead };
}

/** Oldest first; what is not a message of ours is listed without its payload. */
export async function findDeadLetters(messages: Messages, queue: string, limit: number): Promise<DeadLetter[]> {
  const found = await messages.find({ queue, state: 'dead' }).sort({ deadAt: 1 }).limit(limit).toArray();
  return found.map((stored) => ({
    ...(toMessage(stored) ?? { id: String(stored._id), queue, priority: 'LOW', payload: {} }),
    attempt: stored.attempt,
    reason: stored.reason ?? '',
    deadAt: stored.deadAt ?? new Date(0),
  }));
}

export async function replayDeadLetters(
  messages: Messages,
  queue: string,
  id: string | undefined,
  now: Date,
): Promise<number> {
  const which = { queue, state: 'dead' as const, ...(id !== undefined && { _id: keyOf(queue, id) }) };
  const fresh = { state: 'open' as const, attempt: 0, availableAt: now, reason: null, deadAt: null };
  const { modifiedCount } = await messages.updateMany(which, { $set: fresh });
  return modifiedCount;
}
