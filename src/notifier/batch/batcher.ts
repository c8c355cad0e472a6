import type { Logger } from 'pino';
import type { Tell } from '../../channels/channel.ts';
import type { Clock } from '../../domain/clock.ts';
import { isFinal } from '../../domain/stage.ts';
import type { Ticket } from '../../domain/ticket.ts';
import type { AnswerBatch, AnswerBatches } from '../../store/answer-batches.ts';
import type { Tickets } from '../../store/tickets.ts';
import { burst } from './burst.ts';
import { attentionButtons, summarise } from './summary.ts';

/** A batch is looked at this often; it is told when its last document has its end, or when nothing moved for long. */
const lookMs = 2_000;
const giveUpMs = 10 * 60_000;
const batchesAtOnce = 50;

export interface BatcherDeps {
  batches: AnswerBatches;
  tickets: Pick<Tickets, 'isAnyUnderWay' | 'load' | 'ofChat'>;
  tell: Tell;
  clock: Clock;
  log: Logger;
}

/** Puts the endings of a burst together and tells them as one. */
export function createBatcher({ batches, tickets, tell, clock, log }: BatcherDeps) {
  async function join({ id, companyId, source, language }: Ticket): Promise<void> {
    const { channel, account, chat } = source;
    const now = clock.now();
    await batches.join({ companyId, channel, account, chat, language }, id, now, later(now));
  }

  async function look(batch: AnswerBatch): Promise<void> {
    const now = clock.now();
    const found = await Promise.all(batch.tickets.map(async (id) => (await tickets.load(id))?.ticket ?? []));
    const ended = found.flat();
    if (ended.length === 0) return batches.close(batch, now);
    const isOver = now.getTime() - batch.lastAt.getTime() > giveUpMs || !(await isUnderWay(batch, ended));
    if (!isOver) return batches.postpone(batch.id, later(now));
    const { channel, account, chat, language } = batch;
    const whole = [...(await endedBefore(batch, ended)), ...ended];
    const id = `batch:${batch.tickets[0]}:${batch.tickets.length}`;
    const reply = { text: summarise(whole, language), buttons: attentionButtons(whole) };
    await tell(channel, { id, account, chat, reply, canWait: true });
    await batches.close(batch, new Date(Math.max(...ended.map(({ createdAt }) => createdAt.getTime()))));
    log.info({ channel, documents: whole.length }, 'a burst was summed up');
  }

  /** The first documents of a burst may have had their end, and their answers, before it was seen to be one. */
  async function endedBefore(batch: AnswerBatch, ended: Ticket[]): Promise<Ticket[]> {
    const first = Math.min(...ended.map(({ createdAt }) => createdAt.getTime()));
    const since = Math.max(first - burst.withinMs, (batch.toldUntil?.getTime() ?? 0) + 1);
    const { companyId, channel, chat } = batch;
    const near = await tickets.ofChat(companyId, channel, chat, { changedSince: new Date(since - 1), limit: 200 });
    return near.filter(({ id, stage, createdAt }) => {
      return (
        isFinal(stage) && !batch.tickets.includes(id) && createdAt.getTime() >= since && createdAt.getTime() <= first
      );
    });
  }

  /** Whether a document of the same burst still has no end. */
  async function isUnderWay(batch: AnswerBatch, ended: Ticket[]): Promise<boolean> {
    const times = ended.map(({ createdAt }) => createdAt.getTime());
    const from = new Date(Math.min(...times) - burst.withinMs);
    const to = new Date(Math.max(...times) + burst.withinMs);
    return tickets.isAnyUnderWay(batch.companyId, batch, from, to);
  }

  function later(now: Date): Date {
    return new Date(now.getTime() + lookMs);
  }

  return {
    join,
    /** Tells what is due. */
    lookAll: async (): Promise<void> => {
      for (const batch of await batches.due(clock.now(), batchesAtOnce)) await look(batch);
    },
  };
}

export type Batcher = ReturnType<typeof createBatcher>;

/** Looks at the open batches until it is disposed. Several processes may. */
export function startBatching(batcher: Pick<Batcher, 'lookAll'>, clock: Clock, log: Logger): AsyncDisposable {
  const stopping = new AbortController();

  async function rounds(): Promise<void> {
    while (!stopping.signal.aborted) {
      await batcher.lookAll().catch((error: unknown) => log.warn({ err: error }, 'bursts cannot be looked at'));
      await clock.sleep(lookMs, stopping.signal).catch(() => undefined);
    }
  }

  const ended = rounds();
  return {
    [Symbol.asyncDispose]: () => {
      stopping.abort();
      return ended;
    },
  };
}
