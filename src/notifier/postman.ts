import type { Logger } from 'pino';
import type { Channel } from '../channels/channel.ts';
import type { Clock } from '../domain/clock.ts';
import { toFailure } from '../domain/failure.ts';
import type { Outgoing, OutgoingBox } from '../store/outgoing.ts';

/** How often the box is looked into: other processes put things there. */
const lookMs = 500;
const databaseAwayMs = 2_000;
/** A process that died is waited for so long; longer than any channel takes for one message. */
const leaseMs = 180_000;
const atOnce = 8;
/** 5 s, 10 s, … up to a quarter of an hour, for a day. */
const pauses = { firstMs: 5_000, maxMs: 15 * 60_000, untilMs: 24 * 60 * 60_000 };

export interface PostmanDeps {
  outgoing: Pick<OutgoingBox, 'claim' | 'postpone' | 'finish'>;
  /** The channels of this process. */
  channels: readonly Channel[];
  /** Answers a ticket that had to wait; see notifier.ts. */
  answerLater(channel: Channel, ticketId: string, revision: number): Promise<void>;
  clock: Clock;
  log: Logger;
}

/** Brings what lies in the box to the chats of this process's channels, each chat in order, while they run. Returns how to stop it. */
export function startPostman({ outgoing, channels, answerLater, clock, log }: PostmanDeps): AsyncDisposable {
  const stopping = new AbortController();
  const inHand = new Map<string, Promise<void>>();

  async function rounds(): Promise<void> {
    while (!stopping.signal.aborted) {
      const found = inHand.size < atOnce ? await claim() : null;
      if (found)
        inHand.set(
          found.entry.chat,
          bring(found).finally(() => inHand.delete(found.entry.chat)),
        );
      else await clock.sleep(lookMs, stopping.signal).catch(() => undefined);
    }
    await Promise.all(inHand.values());
  }

  async function claim(): Promise<{ entry: Outgoing; channel: Channel } | null> {
    const open = channels.filter(({ state }) => state().status !== 'stopped');
    if (open.length === 0) return null;
    const now = clock.now();
    const names = open.map(({ name }) => name);
    const until = new Date(now.getTime() + leaseMs);
    try {
      const entry = await outgoing.claim({ channels: names, exceptChats: [...inHand.keys()], now, until });
      const channel = open.find(({ name }) => name === entry?.channel);
      return entry && channel ? { entry, channel } : null;
    } catch (error) {
      log.warn({ err: error }, 'what is to be told cannot be read; it is tried again');
      await clock.sleep(databaseAwayMs, stopping.signal).catch(() => undefined);
      return null;
    }
  }

  async function bring({ entry, channel }: { entry: Outgoing; channel: Channel }): Promise<void> {
    try {
      await settle(entry, await attempt(entry, channel));
    } catch (error) {
      // The claim runs out and somebody takes it again.
      log.warn({ outgoing: entry.id, channel: entry.channel, err: error }, 'left for later');
    }
  }

  async function attempt({ id, account, chat, what }: Outgoing, channel: Channel): Promise<unknown> {
    try {
      if (what.kind === 'answer') await answerLater(channel, what.ticketId, what.revision);
      else await channel.tell?.({ id, account, chat, reply: what.reply });
      return null;
    } catch (error) {
      return error ?? new Error('thrown without a reason');
    }
  }

  async function settle(entry: Outgoing, error: unknown): Promise<void> {
    const now = clock.now();
    if (error === null) return outgoing.finish(entry, 'told', now);
    const { code, recovery, message } = toFailure(error);
    const { id, channel, attempts, createdAt } = entry;
    const isOver = recovery !== 'retry' || now.getTime() - createdAt.getTime() > pauses.untilMs;
    log[isOver ? 'error' : 'warn']({ outgoing: id, channel, attempts, code, err: error }, 'not told');
    if (isOver) return outgoing.finish(entry, `failed: ${code}`, now);
    const pauseMs = Math.min(pauses.maxMs, pauses.firstMs * 2 ** (attempts - 1));
    return outgoing.postpone(entry, new Date(now.getTime() + pauseMs), message.slice(0, 500));
  }

  const ended = rounds();
  return {
    [Symbol.asyncDispose]: () => {
      stopping.abort();
      return ended;
    },
  };
}
