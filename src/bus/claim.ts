import type { Logger } from 'pino';
import type { Message, Priority } from './bus.ts';
import type { Outcome } from './outcome.ts';

export type BusLog = Pick<Logger, 'info' | 'warn' | 'error'>;

/** A message that is ours until it is settled. */
export interface Claim {
  message: Message;
  attempt: number;
  /** The process that had it before ended with it: it may be what ended it. */
  isSuspect: boolean;
  /** Aborts when the message is no longer ours. */
  lost: AbortSignal;
  /** Makes the outcome durable, repeating while the other side is away. Never rejects: at worst the message comes again. */
  settle(outcome: Outcome): Promise<void>;
}

/** Where the messages of one queue come from: what the two buses implement. */
export interface LaneSource {
  /** Takes the oldest waiting message of a lane; null when there is none. */
  claim(lane: Priority): Promise<Claim | null>;
  /** A cheap look whether any lane has something waiting. */
  hasWork(): Promise<boolean>;
}
