import type { ConsumeOptions, Consumer, Handler, RetryPolicy } from './bus.ts';
import type { Claim } from './claim.ts';
import { type ClaimerParts, createClaimer } from './claimer.ts';
import { handle, poisonous } from './outcome.ts';

export interface ConsumerParts extends ClaimerParts {
  handler: Handler;
  options: ConsumeOptions;
  retry: RetryPolicy;
  /** An idle consumer looks again after `minMs`, then after twice as long each time, up to `maxMs`. */
  poll: { minMs: number; maxMs: number };
}

/** The loop both buses share: claim by lane, handle at most `concurrency` at once, settle, drain on stop. */
export function startConsumer(parts: ConsumerParts): Consumer {
  const { queue, watch, handler, retry, log, poll } = parts;
  const concurrency = Math.max(1, parts.options.concurrency ?? 1);
  const claimNext = createClaimer(parts);
  const inHand = new Set<Promise<void>>();
  let isStopping = false;
  const loop = run();

  async function run(): Promise<void> {
    let idleMs = poll.minMs;
    while (!isStopping) {
      if (inHand.size >= concurrency) {
        await Promise.race(inHand);
        continue;
      }
      const rings = watch.rings();
      const claim = await claimNext();
      if (claim) await take(claim);
      else await watch.wait(rings, idleMs);
      // RabbitMQ rings a moment before the message can be fetched, so a ring starts the series of looks anew.
      idleMs = claim || watch.rings() !== rings ? poll.minMs : Math.min(idleMs * 2, poll.maxMs);
    }
  }

  /** A suspect is handled alone: if it ends the process again, nothing else is counted as having done so. */
  async function take(claim: Claim): Promise<void> {
    if (claim.isSuspect) await Promise.all(inHand);
    const work = deliver(claim).catch((error) => log.error({ queue, err: error }, 'message not settled'));
    inHand.add(work);
    void work.finally(() => inHand.delete(work));
    if (claim.isSuspect) await work;
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

  async function stop(): Promise<void> {
    isStopping = true;
    watch.ring();
    await loop;
    await Promise.all(inHand);
  }

  return { stop };
}
