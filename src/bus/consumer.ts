import type { Logger } from 'pino';
import type { Clock } from '../domain/clock.ts';
import type { ConsumeOptions, Consumer, Handler, Message, Priority, RetryPolicy } from './bus.ts';
import type { LaneWatch } from './lane-watch.ts';
import { laneOrder } from './lanes.ts';
import { handle, type Outcome, poisonous } from './outcome.ts';

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

export interface ConsumerParts {
  queue: string;
  source: LaneSource;
  watch: LaneWatch;
  handler: Handler;
  options: ConsumeOptions;
  retry: RetryPolicy;
  clock: Clock;
  log: BusLog;
  /** How often an idle consumer looks again, in ms: what other processes publish is found that late. */
  poll: { minMs: number; maxMs: number };
}

/** The loop both buses share: claim by lane, handle at most `concurrency` at once, settle, drain on stop. */
export function startConsumer(parts: ConsumerParts): Consumer {
  const { queue, source, watch, handler, retry, log, poll } = parts;
  const concurrency = Math.max(1, parts.options.concurrency ?? 1);
  const inHand = new Set<Promise<void>>();
  let isStopping = false;
  let isAway = false;
  let turn = 0;
  const loop = run();

  async function run(): Promise<void> {
    let idleMs = poll.minMs;
    while (!isStopping) {
      if (inHand.size >= concurrency) {
        await Promise.race(inHand);
        continue;
      }
      const rings = watch.rings();
      const claim = await claimNext().catch(noteOutage);
      if (claim) {
        await take(claim);
        idleMs = poll.minMs;
      } else {
        await watch.wait(rings, idleMs);
        idleMs = Math.min(idleMs * 2, poll.maxMs);
      }
    }
  }

  /** A suspect is handled alone: if it ends the process again, nothing else is counted as having done so. */
  async function take(claim: Claim): Promise<void> {
    if (claim.isSuspect) await Promise.all(inHand);
    hold(claim);
    if (claim.isSuspect) await Promise.all(inHand);
  }

  async function claimNext(): Promise<Claim | null> {
    const order = laneOrder(turn);
    if (order.every(watch.isQuiet)) await lookAgain(order);
    for (const lane of order) {
      if (watch.isQuiet(lane)) continue;
      const rings = watch.rings();
      const claim = await source.claim(lane);
      noteReturn();
      if (claim) {
        turn += 1;
        return claim;
      }
      watch.foundEmpty(lane, rings);
    }
    return null;
  }

  async function lookAgain(lanes: readonly Priority[]): Promise<void> {
    const rings = watch.rings();
    if (await source.hasWork()) watch.ring();
    else for (const lane of lanes) watch.foundEmpty(lane, rings);
  }

  function hold(claim: Claim): void {
    const work = deliver(claim).catch((error) => log.error({ queue, err: error }, 'message not settled'));
    inHand.add(work);
    void work.finally(() => inHand.delete(work));
  }

  async function deliver({ message, attempt, lost, settle }: Claim): Promise<void> {
    const delivery = { ...message, attempt, isLastAttempt: attempt >= retry.maxAttempts };
    const outcome =
      attempt > retry.maxAttempts ? poisonous(retry.maxAttempts) : await handle(handler, delivery, lost, retry);
    if (outcome.kind !== 'done') {
      log.warn({ queue, messageId: message.id, attempt, outcome: outcome.kind, reason: outcome.reason }, 'not handled');
    }
    await settle(outcome);
  }

  function noteOutage(error: unknown): null {
    if (!isAway) log.warn({ queue, err: error }, 'bus away, consumer waits');
    isAway = true;
    return null;
  }

  function noteReturn(): void {
    if (isAway) log.info({ queue }, 'bus back, consumer goes on');
    isAway = false;
  }

  async function stop(): Promise<void> {
    isStopping = true;
    watch.ring();
    await loop;
    await Promise.all(inHand);
  }

  return { stop };
}
