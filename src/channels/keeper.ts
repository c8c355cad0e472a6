import type { Logger } from 'pino';
import type { Consumer } from '../bus/bus.ts';
import type { Clock } from '../domain/clock.ts';
import type { ChannelOrder, ChannelOrders } from '../store/channel-orders.ts';
import type { ChannelStates } from '../store/channel-states.ts';
import type { Channel } from './channel.ts';

/** How often orders are looked for, and how old a published state may get. */
const lookMs = 1_000;
const publishEveryMs = 5_000;
/** One that is not up by then goes on starting while the others begin. */
const startWithinMs = 10_000;
/** An order under way when the process ends is waited for so long. */
const closeWithinMs = 10_000;
/** A channel that cannot be started is tried again after this. */
const startAgainMs = 30_000;

export interface KeeperDeps {
  /** The channels of this process. */
  channels: readonly Channel[];
  orders: Pick<ChannelOrders, 'list' | 'takeUnlink'>;
  states: Pick<ChannelStates, 'publish'>;
  /** Begins to bring a channel its answers. */
  answer(channel: Channel): Promise<Consumer>;
  /** Names this process among those that share the database. */
  instance: string;
  clock: Clock;
  log: Logger;
}

interface Kept {
  channel: Channel;
  consumer: Consumer | null;
  isRunning: boolean;
  /** Why it could not be started or unlinked. */
  failure: string | null;
  notBefore: number;
  /** An order under way; the others wait for it. */
  inHand: Promise<void> | null;
  published: { state: string; at: number };
}

/** Starts the channels of this process and keeps them as operators want them: stopped ones stay so, over restarts too. */
export async function startKeeper({ channels, orders, states, answer, instance, clock, log }: KeeperDeps) {
  const stopping = new AbortController();
  const kept = channels.map(
    (channel): Kept => ({
      ...{ channel, consumer: null, isRunning: false, failure: null, notBefore: 0, inHand: null },
      published: { state: '', at: 0 },
    }),
  );

  async function start(one: Kept): Promise<void> {
    one.isRunning = true;
    const consumer = await answer(one.channel);
    try {
      await one.channel.start();
      one.failure = null;
      one.consumer = consumer;
    } catch (error) {
      one.isRunning = false;
      await consumer.stop();
      throw error;
    }
  }

  async function stop(one: Kept): Promise<void> {
    one.isRunning = false;
    await one.consumer?.stop();
    one.consumer = null;
    await one.channel.stop();
    one.failure = null;
  }

  /** What the operator wants that is not so yet; null when all is as it should be. */
  async function due(one: Kept, order: ChannelOrder | undefined): Promise<(() => Promise<void>) | null> {
    const { name, unlink } = one.channel;
    const isStopped = order?.isStopped ?? false;
    const mayAct = clock.now().getTime() >= one.notBefore;
    if (one.isRunning === isStopped && mayAct) return () => (isStopped ? stop(one) : start(one));
    const isToUnlink = unlink !== undefined && order?.isToUnlink === true && (await orders.takeUnlink(name));
    return isToUnlink ? async () => one.channel.unlink?.() : null;
  }

  async function obey(one: Kept, order: ChannelOrder | undefined): Promise<void> {
    if (one.inHand) return;
    const work = await due(one, order);
    if (!work) return;
    log.info({ channel: one.channel.name, order }, 'a channel changes as ordered');
    one.inHand = work()
      .catch((error: unknown) => giveUp(one, error))
      .finally(() => {
        one.inHand = null;
      });
  }

  function giveUp(one: Kept, error: unknown): void {
    log.error({ channel: one.channel.name, err: error }, 'a channel did not do as ordered');
    one.failure = error instanceof Error ? error.message : String(error);
    one.notBefore = clock.now().getTime() + startAgainMs;
  }

  async function publish(one: Kept): Promise<void> {
    const { name, state, unlink } = one.channel;
    const { status, since, lastError, link = null } = state();
    const said = { status, since, lastError: one.failure ?? lastError, link, canUnlink: unlink !== undefined };
    const now = clock.now();
    const isFresh = now.getTime() - one.published.at < publishEveryMs;
    if (isFresh && one.published.state === JSON.stringify(said)) return;
    await states.publish({ name, instance, ...said, seenAt: now });
    one.published = { state: JSON.stringify(said), at: now.getTime() };
  }

  async function round(): Promise<void> {
    const wanted = await orders.list();
    for (const one of kept) {
      await obey(one, wanted.get(one.channel.name));
      await publish(one);
    }
  }

  async function rounds(): Promise<void> {
    while (!stopping.signal.aborted) {
      await round().catch((error: unknown) => log.warn({ err: error }, 'orders and states: the database is away'));
      await clock.sleep(lookMs, stopping.signal).catch(() => undefined);
    }
  }

  /** @throws What a channel throws that cannot begin at all. */
  async function begin(one: Kept): Promise<void> {
    const late = new AbortController();
    const starting = start(one).finally(() => late.abort());
    await Promise.race([starting, clock.sleep(startWithinMs, late.signal).catch(() => starting)]);
    one.inHand = starting
      .catch((error: unknown) => giveUp(one, error))
      .finally(() => {
        one.inHand = null;
      });
  }

  async function close(): Promise<void> {
    stopping.abort();
    await ended;
    // In reverse, as they were started: each lets go of what is in hand.
    for (const one of kept.toReversed()) {
      await Promise.race([one.inHand, clock.sleep(closeWithinMs)]);
      if (one.isRunning) await stop(one);
      await publish(one).catch((error: unknown) => log.debug({ err: error }, 'the last state is not published'));
    }
  }

  await using cleanup = new AsyncDisposableStack();
  cleanup.defer(close);
  let ended: Promise<void> = Promise.resolve();
  const wanted = await orders.list();
  await Promise.all(kept.filter(({ channel }) => !wanted.get(channel.name)?.isStopped).map(begin));
  ended = rounds();
  const held = cleanup.move();
  return { [Symbol.asyncDispose]: () => held.disposeAsync() };
}
