import { z } from 'zod';

/**
 * The port between stages. Two real implementations: RabbitMQ, and one embedded in the store for a single machine.
 * Both pass `test/contracts/bus.ts`.
 *
 * Delivery is at least once. What a handler's end means:
 *
 * | the handler …                               | the message …                                                          |
 * |---------------------------------------------|------------------------------------------------------------------------|
 * | resolves                                    | is acknowledged                                                        |
 * | throws a Failure with recovery `retry`, or anything that is no Failure | comes again after an exponential back-off; after `maxAttempts` it is dead-lettered with the reason |
 * | throws a Failure with any other recovery    | is dead-lettered at once with the reason                                |
 * | never ends (process killed)                 | comes again, to any consumer, `attempt` one higher, alone; after `maxAttempts` it is dead-lettered |
 */
export const priorities = ['LOW', 'NORMAL', 'HIGH', 'URGENT'] as const;
export const Priority = z.enum(priorities);
export type Priority = z.infer<typeof Priority>;

/** JSON-serialisable; validated by the consumer with its own schema. */
export const Payload = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
export type Payload = z.infer<typeof Payload>;

export const Message = z.object({
  /**
   * Unique in its queue. Publishing it again while the first is queued, in hand or dead has no second effect on the
   * embedded bus and may deliver twice on RabbitMQ.
   */
  id: z.string().min(1).max(200),
  queue: z.string().regex(/^[A-Za-z0-9_-]{1,80}$/),
  priority: Priority,
  payload: Payload,
});
export type Message = z.infer<typeof Message>;

export interface Delivery extends Message {
  /** 1 at the first try. */
  attempt: number;
  /** True when a failure of this try will dead-letter the message. */
  isLastAttempt: boolean;
}

/** `signal` aborts when the message is no longer this handler's (lease or connection lost): it comes again elsewhere. */
export type Handler = (delivery: Delivery, signal: AbortSignal) => Promise<void>;

export interface ConsumeOptions {
  /** Messages handled at once by this consumer, over all four lanes; default 1. */
  concurrency?: number;
}

export interface Consumer {
  /** Takes no more messages and resolves when those in hand are done. */
  stop(): Promise<void>;
}

export interface DeadLetter extends Message {
  attempt: number;
  reason: string;
  deadAt: Date;
}

export interface QueueDepth {
  ready: number;
  /** In the hands of consumers; RabbitMQ tells only of this process's own. */
  inFlight: number;
  delayed: number;
  dead: number;
}

export interface Bus {
  /**
   * Resolves when the message is durably kept (publisher confirm / journaled write). Throws
   * `Failure('invalid-request', 'dead-letter')` for a message that is malformed, `Failure('too-large', 'dead-letter')`
   * for one above `maxMessageBytes`, `Failure('bus-unavailable', 'retry')` when nothing kept it in time.
   */
  publish(message: Message): Promise<void>;
  consume(queue: string, handler: Handler, options?: ConsumeOptions): Promise<Consumer>;
  depth(queue: string): Promise<QueueDepth>;
  deadLetters(queue: string, limit: number): Promise<DeadLetter[]>;
  /** Puts dead letters back into their queue with a fresh count of attempts; all of the queue's when no id is named. Returns how many. */
  replay(queue: string, id?: string): Promise<number>;
  /** Stops all consumers (draining) and lets go of the connection. */
  close(): Promise<void>;
}

/** Largest message, as JSON in UTF-8: files travel through the store, messages only name them. */
export const maxMessageBytes = 64 * 1024;

export interface RetryPolicy {
  /** Deliveries in all, the first included; default 4: one try and three retries. */
  maxAttempts: number;
  /** Wait before the second delivery; doubles each time; default 1000 ms. */
  firstDelayMs: number;
  /** Upper bound of one wait; default 60 000 ms. */
  maxDelayMs: number;
}

export const defaultRetryPolicy: RetryPolicy = { maxAttempts: 4, firstDelayMs: 1_000, maxDelayMs: 60_000 };

/** How long to wait before the delivery after `attempt`, in ms. */
export function retryDelayMs(policy: RetryPolicy, attempt: number): number {
  return Math.min(policy.maxDelayMs, policy.firstDelayMs * 2 ** (attempt - 1));
}
