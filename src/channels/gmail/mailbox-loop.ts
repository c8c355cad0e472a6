import type { Logger } from 'pino';
import type { Clock } from '../../domain/clock.ts';
import type { Mailbox, Mailboxes } from '../../store/mailboxes.ts';
import type { createChannelState } from '../channel-state.ts';

/** A claim of a process that died is free again after this; a living one renews it. */
const leaseMs = 10_000;
const renewMs = 3_000;
/** How often it is asked whether a mailbox is due. */
const idleMs = 500;
const databaseAwayMs = 1_000;
/** How often all mailboxes are looked at for the channel's state. */
const lookMs = 2_000;
/** Mailboxes worked on at once; it bounds the memory that mails take. */
const slots = 2;

export interface LoopDeps {
  mailboxes: Pick<Mailboxes, 'claim' | 'renew' | 'list'>;
  turn(mailbox: Mailbox, stopping: AbortSignal): Promise<string | null>;
  state: ReturnType<typeof createChannelState>;
  clock: Clock;
  log: Logger;
}

/** Gives each mailbox its turn when it is due, until the signal aborts; what is in hand ends first. */
export function createMailboxLoop({ mailboxes, turn, state, clock, log }: LoopDeps) {
  const inHand = new Map<string, Promise<void>>();
  let bell = Promise.withResolvers<void>();
  let lookAt = 0;

  async function run(stopping: AbortSignal): Promise<void> {
    const renewing = renewUntil(stopping);
    while (!stopping.aborted) {
      const rung = bell.promise;
      const mailbox = inHand.size < slots ? await claim() : null;
      if (mailbox) inHand.set(mailbox.address, work(mailbox, stopping));
      else await Promise.race([rung, clock.sleep(idleMs, stopping).catch(() => undefined)]);
      await look();
    }
    await Promise.all([renewing, ...inHand.values()]);
  }

  async function claim(): Promise<Mailbox | null> {
    const now = clock.now();
    try {
      return await mailboxes.claim(now, new Date(now.getTime() + leaseMs));
    } catch (error) {
      log.warn({ err: error }, 'the mailboxes cannot be read; it is tried again');
      await clock.sleep(databaseAwayMs);
      return null;
    }
  }

  async function work(mailbox: Mailbox, stopping: AbortSignal): Promise<void> {
    try {
      await turn(mailbox, stopping);
      lookAt = 0;
    } catch (error) {
      // The claim runs out and somebody takes the mailbox again.
      log.warn({ err: error }, 'a mailbox is left for later');
    } finally {
      inHand.delete(mailbox.address);
      ring();
    }
  }

  /** `linking` while no mailbox is there, `receiving` while one is read, else what keeps all of them from it. */
  async function look(): Promise<void> {
    const now = clock.now().getTime();
    if (now < lookAt) return;
    lookAt = now + lookMs;
    const all = await mailboxes.list().catch(() => null);
    if (all === null) return state.enter('retrying', 'the database cannot be reached');
    const troubled = all.filter(({ status, failures }) => status === 'suspended' || failures > 0);
    const lastError = troubled.map((one) => `${one.address}: ${one.lastError}`).join('; ') || null;
    if (all.length === 0) state.enter('linking', null);
    else if (troubled.length < all.length) state.enter('receiving', lastError);
    else state.enter(all.every(({ status }) => status === 'suspended') ? 'logged-out' : 'retrying', lastError);
  }

  async function renewUntil(stopping: AbortSignal): Promise<void> {
    while (!stopping.aborted) {
      await clock.sleep(renewMs, stopping).catch(() => undefined);
      const until = new Date(clock.now().getTime() + leaseMs);
      const renewed = Promise.all(Array.from(inHand.keys(), (address) => mailboxes.renew(address, until)));
      await renewed.catch((error: unknown) => log.warn({ err: error }, 'claims not renewed'));
    }
  }

  /** Something may be there to do. */
  function ring(): void {
    bell.resolve();
    bell = Promise.withResolvers();
  }

  return { run, ring };
}
