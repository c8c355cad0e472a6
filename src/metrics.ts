import { Gauge, Histogram, type Registry } from 'prom-client';
import type { Bus } from './bus/bus.ts';
import type { Clock } from './domain/clock.ts';
import { Stage } from './domain/stage.ts';
import { type ChannelStates, staleAfterMs } from './store/channel-states.ts';

export interface MetricsDeps {
  queues: readonly string[];
  bus: Pick<Bus, 'depth'>;
  tickets: { countByStage(): Promise<ReadonlyMap<Stage, number>> };
  outgoing: { waiting(channel: string): Promise<number> };
  states: Pick<ChannelStates, 'list'>;
  clock: Clock;
}

/** Up to a minute a person waits and looks; what takes longer is seen as one lot. */
const answerBuckets = [0.5, 1, 2, 3, 5, 8, 13, 21, 34, 60, 120, 300, 900];

/** Counts how long documents waited for their answer in this process. */
export function createAnswerMeter(registry: Registry): (channel: string, seconds: number) => void {
  const histogram = new Histogram({
    name: 'recibot_answer_seconds',
    help: 'From the arrival of a document to its first answer',
    labelNames: ['channel'],
    buckets: answerBuckets,
    registers: [registry],
  });
  return (channel, seconds) => histogram.observe({ channel }, seconds);
}

/** What is looked up when somebody asks for it; it is the same whichever process answers. */
export function registerLookups(registry: Registry, deps: MetricsDeps): void {
  registerQueues(registry, deps);
  registerDocuments(registry, deps);
  registerChannels(registry, deps);
}

function registerQueues(registry: Registry, { queues, bus }: MetricsDeps): void {
  new Gauge({
    name: 'recibot_queue_messages',
    help: 'Messages in a queue by what they wait for: ready, inFlight, delayed, dead',
    labelNames: ['queue', 'state'],
    registers: [registry],
    async collect() {
      const depths = await Promise.all(queues.map(async (queue) => ({ queue, depth: await bus.depth(queue) })));
      this.reset();
      for (const { queue, depth } of depths) {
        for (const [state, count] of Object.entries(depth)) this.set({ queue, state }, count);
      }
    },
  });
}

function registerDocuments(registry: Registry, { tickets }: MetricsDeps): void {
  new Gauge({
    name: 'recibot_documents',
    help: 'Documents by the stage they are in',
    labelNames: ['stage'],
    registers: [registry],
    async collect() {
      const counts = await tickets.countByStage();
      for (const stage of Stage.options) this.set({ stage }, counts.get(stage) ?? 0);
    },
  });
}

function registerChannels(registry: Registry, { states, outgoing, clock }: MetricsDeps): void {
  new Gauge({
    name: 'recibot_channel_state',
    help: '1 for the state that a channel is in; `silent` when its process says nothing any more',
    labelNames: ['channel', 'status'],
    registers: [registry],
    async collect() {
      const found = await states.list();
      this.reset();
      for (const { name: channel, status, seenAt } of found) {
        const isStale = clock.now().getTime() - seenAt.getTime() > staleAfterMs;
        this.set({ channel, status: isStale ? 'silent' : status }, 1);
      }
    },
  });
  new Gauge({
    name: 'recibot_outgoing_waiting',
    help: 'Answers and notices that wait to be told in a channel',
    labelNames: ['channel'],
    registers: [registry],
    async collect() {
      for (const { name: channel } of await states.list()) this.set({ channel }, await outgoing.waiting(channel));
    },
  });
}
