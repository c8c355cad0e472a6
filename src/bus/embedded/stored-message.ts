import type { Collection, Connection } from 'mongoose';
import { z } from 'zod';
import { Message, type Priority } from '../bus.ts';
import { parsePayload } from '../message.ts';

/**
 * One message as it lies in the database. There is no "taken" state: a claim moves `availableAt` to the end of its lease,
 * so a message whose process died is simply available again.
 */
export const StoredMessage = z.object({
  /** `queue/id`: the unique key that makes publishing idempotent. */
  _id: z.string(),
  queue: Message.shape.queue,
  id: Message.shape.id,
  priority: Message.shape.priority,
  /** JSON text: the database cannot trip over a key, and gives back what was handed in. */
  payload: z.string(),
  state: z.enum(['open', 'dead']),
  /** Deliveries so far. */
  attempt: z.int(),
  availableAt: z.date(),
  /** Whoever holds it now; null when it waits. */
  holder: z.string().nullable(),
  reason: z.string().nullable(),
  deadAt: z.date().nullable(),
});
export type StoredMessage = z.infer<typeof StoredMessage>;

export type Messages = Collection<StoredMessage>;

/** Asked for at each use: a connection that was reopened has new collections. */
export function messagesOf(connection: Connection): Messages {
  return connection.collection<StoredMessage>('bus_messages');
}

/** The one index: claims, depth and dead letters all walk along it. */
export async function createIndexes(messages: Messages): Promise<void> {
  await messages.createIndex({ queue: 1, state: 1, priority: 1, availableAt: 1 });
}

export function keyOf(queue: string, id: string): string {
  return `${queue}/${id}`;
}

export function toStored(message: Message, now: Date): StoredMessage {
  const { queue, id, priority } = message;
  return {
    _id: keyOf(queue, id),
    queue,
    id,
    priority,
    payload: JSON.stringify(message.payload),
    state: 'open',
    attempt: 0,
    availableAt: now,
    holder: null,
    reason: null,
    deadAt: null,
  };
}

/** Null when what lies there is not a message of ours. */
export function toMessage(stored: unknown): Message | null {
  const parsed = StoredMessage.safeParse(stored);
  if (!parsed.success) return null;
  const { queue, id, priority } = parsed.data;
  const payload = parsePayload(parsed.data.payload);
  return payload && { queue, id, priority, payload };
}

/** What a consumer may take from these lanes at `now`. */
export function available(queue: string, lanes: readonly Priority[], now: Date) {
  return { queue, state: 'open' as const, priority: { $in: [...lanes] }, availableAt: { $lte: now } };
}
