import type { Logger } from 'pino';
import type { Clock } from '../domain/clock.ts';
import { toFailure } from '../domain/failure.ts';
import type { ChannelUpdates, Update, UpdateLane } from '../store/channel-updates.ts';

/** A claim of a process that died is free again after this; a living one renews it. */
const leaseMs = 8_000;
const renewMs = 2_500;
/** How often the journal is asked when nobody rings: another process may have written to it. */
const idleMs = 1_000;
const databaseAwayMs = 1_000;
/** With these a file is asked for during about a quarter of an hour. */
const maxAttempts = 10;
const maxPauseMs = 300_000;

export interface WorkerDeps {
  channel: string;
  updates: Pick<ChannelUpdates, 'claim' | 'renew' | 'finish' | 'postpone'>;
  account: string;
  lane: UpdateLane;
  /** Updates worked on at once; it bounds the memory that files take. */
  slots: number;
  handle(update: Update): Promise<string>;
  /** Tells the person that nothing came of it. */
  giveUp(update: Update): Promise<void>;
  clock: Clock;
  log: Logger;
}

/** Works off the journal's lane, oldest first; talk of one chat one after the other. */
export function createUpdateWorker(deps: WorkerDeps) {
  const { updates, channel, account, lane, slots, handle, giveUp, clock, log } = deps;
  const inHand = new Map<string, { chat: string; done: Promise<void> }>();
  let bell = Promise.withResolvers<void>();

  async function run(signal: AbortSignal): Promise<void> {
    const renewing = renewUntil(signal);
    while (!signal.aborted) {
      const rung = bell.promise;
      const update = inHand.size < slots ? await claim() : null;
      if (update) start(update);
      else await Promise.race([rung, clock.sleep(idleMs, signal).catch(() => undefined)]);
    }
    await Promise.all([renewing, ...Array.from(inHand.values(), ({ done }) => done)]);
  }

  async function claim(): Promise<Update | null> {
    const now = clock.now();
    const exceptChats = lane === 'talk' ? Array.from(inHand.values(), ({ chat }) => chat) : [];
    try {
      return await updates.claim(channel, { account, lane, now, until: leaseUntil(), exceptChats });
    } catch (error) {
      log.warn({ err: error }, 'the journal cannot be read; it is tried again');
      await clock.sleep(databaseAwayMs);
      return null;
    }
  }

  function start(update: Update): void {
    const done = work(update).finally(() => {
      inHand.delete(update.id);
      ring();
    });
    inHand.set(update.id, { chat: update.chat, done });
  }

  async function work(update: Update): Promise<void> {
    try {
      await settle(update);
    } catch (error) {
      // The claim runs out and somebody takes the update again.
      log.warn({ updateId: update.updateId, err: error }, 'an update is left for later');
    }
  }

  async function settle(update: Update): Promise<void> {
    const began = performance.now();
    try {
      const outcome = await handle(update);
      await updates.finish(update.id, outcome, clock.now());
      log.debug({ updateId: update.updateId, outcome, ms: Math.round(performance.now() - began) }, 'update done');
    } catch (error) {
      await setAside(update, error);
    }
  }

  async function setAside(update: Update, error: unknown): Promise<void> {
    const { code, recovery, message } = toFailure(error);
    const { attempts, updateId } = update;
    const isOver = recovery !== 'retry' || attempts >= maxAttempts;
    log[isOver ? 'error' : 'warn']({ updateId, attempts, code, err: error }, 'update not done');
    if (!isOver) {
      const pauseMs = Math.min(maxPauseMs, 1_000 * 2 ** attempts);
      return updates.postpone(update.id, new Date(clock.now().getTime() + pauseMs), message);
    }
    await giveUp(update).catch((cause: unknown) => log.warn({ updateId, err: cause }, 'nobody could be told'));
    await updates.finish(update.id, `failed: ${code}`, clock.now());
  }

  async function renewUntil(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await clock.sleep(renewMs, signal).catch(() => undefined);
      const renewed = updates.renew([...inHand.keys()], leaseUntil());
      await renewed.catch((error: unknown) => log.warn({ err: error }, 'claims not renewed'));
    }
  }

  function leaseUntil(): Date {
    return new Date(clock.now().getTime() + leaseMs);
  }

  /** Something may be there to do. */
  function ring(): void {
    bell.resolve();
    bell = Promise.withResolvers();
  }

  return { run, ring };
}
