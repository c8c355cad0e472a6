import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Clock } from '../../domain/clock.ts';
import type { Leases } from '../../store/leases.ts';
import type { ChannelState } from '../channel.ts';
import { account, channelName } from './settings.ts';

const name = `${channelName}:${account}`;
/** A holder that dies is followed by another process after this. */
const leaseMs = 10_000;
const renewMs = 2_500;
const waitMs = 2_000;

export interface WithLeaseDeps {
  leases: Leases;
  enter(status: ChannelState['status'], lastError?: string | null): void;
  clock: Clock;
  log: Logger;
}

/** Two connections of one account throw each other out (440): `work` runs while this process holds the lease, and is ended when it does not. */
export async function withLease(
  { leases, enter, clock, log }: WithLeaseDeps,
  signal: AbortSignal,
  work: (held: AbortSignal) => Promise<unknown>,
): Promise<void> {
  /** Tells this process, and this start of it, from others. */
  const holder = randomUUID();
  while (!signal.aborted) {
    if (await taken()) await hold();
    else await waitFor('another process of Recibot has the line');
  }
  await leases
    .release(name, holder)
    .catch((error: unknown) => log.warn({ err: error }, 'the lease runs out by itself'));
  enter('stopped');

  async function hold(): Promise<void> {
    const lost = new AbortController();
    const held = AbortSignal.any([signal, lost.signal]);
    const renewing = renew(held, lost);
    await work(held);
    lost.abort();
    await renewing;
  }

  async function renew(held: AbortSignal, lost: AbortController): Promise<void> {
    let keptUntil = clock.now().getTime() + leaseMs;
    while (!held.aborted) {
      await clock.sleep(renewMs, held).catch(() => undefined);
      if (held.aborted) return;
      if (await taken()) keptUntil = clock.now().getTime() + leaseMs;
      // A database that is away for a moment has not given the lease to anybody yet.
      else if (clock.now().getTime() > keptUntil - renewMs) lost.abort();
    }
  }

  async function taken(): Promise<boolean> {
    const now = clock.now();
    try {
      return await leases.take(name, holder, now, new Date(now.getTime() + leaseMs));
    } catch (error) {
      log.warn({ err: error }, 'the lease cannot be asked for');
      return false;
    }
  }

  async function waitFor(what: string): Promise<void> {
    enter('retrying', what);
    await clock.sleep(waitMs, signal).catch(() => undefined);
  }
}
