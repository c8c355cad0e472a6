import type { Bus, QueueDepth } from '../../bus/bus.ts';
import type { Clock } from '../../domain/clock.ts';
import type { FailureCode } from '../../domain/failure.ts';
import type { ChannelOrders } from '../../store/channel-orders.ts';
import type { ChannelStates, PublishedState } from '../../store/channel-states.ts';
import type { Check, Finding } from './watch.ts';

/** A break of the network ends by itself in seconds; what lasts longer is worth somebody's time. */
const downAfterMs = 120_000;
const silentAfterMs = 60_000;
/** A queue that holds so many and did not shrink in so long is worked off too slowly. */
const growing = { from: 200, overMs: 5 * 60_000 };
const failing = { from: 3, withinMs: 10 * 60_000 };
/** Below the first of each an operator must act, below the second everything stops soon. */
const low = { warning: { share: 0.05, bytes: 500e6 }, critical: { share: 0.01, bytes: 100e6 } };

export interface ChannelCheckDeps {
  states: Pick<ChannelStates, 'list'>;
  orders: Pick<ChannelOrders, 'list'>;
  clock: Clock;
}

export function checkChannels({ states, orders, clock }: ChannelCheckDeps): Check {
  return async () => {
    const [found, wanted] = await Promise.all([states.list(), orders.list()]);
    return found.flatMap((state) => channelFindings(state, wanted.get(state.name)?.isStopped ?? false, clock.now()));
  };
}

function channelFindings(state: PublishedState, isStopped: boolean, now: Date): Finding[] {
  const { name: channel, status, since, lastError, seenAt } = state;
  // One that was stopped, by order or with its process, is meant to be silent.
  const isMeant = isStopped || status === 'stopped';
  const isDown = status === 'retrying' && now.getTime() - since.getTime() > downAfterMs;
  const isSilent = now.getTime() - seenAt.getTime() > silentAfterMs;
  const error = (lastError ?? '').slice(0, 200);
  return [
    [
      `channel-silent:${channel}`,
      isSilent && !isMeant ? { code: 'channel-silent', severity: 'critical', detail: { channel } } : null,
    ],
    [
      `channel-logged-out:${channel}`,
      status === 'logged-out' && !isStopped
        ? { code: 'channel-logged-out', severity: 'critical', detail: { channel } }
        : null,
    ],
    [
      `channel-down:${channel}`,
      isDown && !isMeant ? { code: 'channel-down', severity: 'warning', detail: { channel, error } } : null,
    ],
  ];
}

export interface QueueCheckDeps {
  bus: Pick<Bus, 'depth'>;
  queues: readonly string[];
  clock: Clock;
}

/** Dead letters, and queues that grow; where the bus itself does not answer, only that is told. */
export function checkQueues({ bus, queues, clock }: QueueCheckDeps): Check {
  const seen = new Map<string, { at: number; waiting: number }[]>();

  function isGrowing(queue: string, { ready, delayed }: QueueDepth): boolean {
    const now = clock.now().getTime();
    const waiting = ready + delayed;
    const before = (seen.get(queue) ?? []).filter(({ at }) => now - at <= growing.overMs + 60_000);
    seen.set(queue, [...before, { at: now, waiting }]);
    const then = before.find(({ at }) => now - at >= growing.overMs);
    return waiting >= growing.from && then !== undefined && waiting >= then.waiting;
  }

  function findings(queue: string, depth: QueueDepth): Finding[] {
    const { dead, ready, delayed } = depth;
    const [deadDetail, count] = [{ queue, count: String(dead) }, String(ready + delayed)];
    return [
      [`dead-letters:${queue}`, dead > 0 ? { code: 'dead-letters', severity: 'warning', detail: deadDetail } : null],
      [
        `queue-growing:${queue}`,
        isGrowing(queue, depth) ? { code: 'queue-growing', severity: 'warning', detail: { queue, count } } : null,
      ],
    ];
  }

  return async () => {
    try {
      const depths = await Promise.all(queues.map(async (queue) => findings(queue, await bus.depth(queue))));
      return [['bus-away', null], ...depths.flat()];
    } catch {
      return [['bus-away', { code: 'bus-away', severity: 'critical', detail: {} }]];
    }
  };
}

/** `statfs` of the folder, as node:fs/promises gives it. */
type FileSystem = (folder: string) => Promise<{ bavail: number; blocks: number; bsize: number }>;

export function checkDisk(folder: string, statfs: FileSystem): Check {
  return async () => {
    const { bavail, blocks, bsize } = await statfs(folder);
    const freeBytes = bavail * bsize;
    const isBelow = ({ share, bytes }: { share: number; bytes: number }) =>
      freeBytes < bytes || (bavail / blocks < share && freeBytes < 20 * bytes);
    if (!isBelow(low.warning)) return [['disk-low', null]];
    const severity = isBelow(low.critical) ? 'critical' : 'warning';
    const free = `${Math.round(freeBytes / 1e6)} MB`;
    return [['disk-low', { code: 'disk-low', severity, detail: { free, folder } }]];
  };
}

export interface ReaderCheckDeps {
  tickets: { countFailed(codes: readonly FailureCode[], since: Date): Promise<number> };
  clock: Clock;
}

/** Documents that failed for no fault of their own. */
const readerFailures: readonly FailureCode[] = ['reader-unavailable', 'read-timeout', 'internal'];

export function checkReader({ tickets, clock }: ReaderCheckDeps): Check {
  return async () => {
    const since = new Date(clock.now().getTime() - failing.withinMs);
    const count = await tickets.countFailed(readerFailures, since);
    const alert = { code: 'reader-failing', severity: 'critical', detail: { count: String(count) } } as const;
    return [['reader-failing', count >= failing.from ? alert : null]];
  };
}
