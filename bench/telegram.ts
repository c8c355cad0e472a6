/**
 * The Telegram channel on this machine, against the test's Bot API on loopback: `node bench/telegram.ts [--json] [--photos N] [--updates N]`.
 * `--updates N` photos of 20 KB more show whether memory stays flat (run with `--expose-gc`).
 * `acknowledge` is from an update's way out of the Bot API to the poll that confirms it, by which time it is in the database.
 */
import { parseArgs } from 'node:util';
import { createTelegram } from '../src/channels/telegram/telegram.ts';
import type { Conversation } from '../src/conversation/conversation.ts';
import { route } from '../src/flow.ts';
import { describeFailure } from '../src/notifier/describe.ts';
import { createIntake } from '../src/pipeline/intake.ts';
import { identifyFile } from '../src/pipeline/read/identify-file.ts';
import { createChannelUpdates } from '../src/store/channel-updates.ts';
import { createChatCards } from '../src/store/chat-cards.ts';
import { createFiles } from '../src/store/files.ts';
import { createTickets } from '../src/store/tickets.ts';
import { aPicture } from '../test/support/builders.ts';
import { eventually } from '../test/support/eventually.ts';
import { realClock } from '../test/support/real-clock.ts';
import { aStore, quiet } from '../test/support/store.ts';
import { aTelegram, botToken } from '../test/support/telegram-server.ts';
import { aPerson } from '../test/support/telegram-updates.ts';

const singles = 100;
const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    photos: { type: 'string', default: '1000' },
    updates: { type: 'string', default: '5000' },
  },
});
const photos = Number(values.photos);

await using ends = new AsyncDisposableStack();
const t = { after: (end: () => unknown) => ends.defer(async () => void (await end())) };
const { connection } = await aStore(t);
const server = await aTelegram(t);
const tickets = await createTickets(connection, realClock, route);
const outbox = { flush: async () => undefined, sweep: async () => 0 };
const files = await createFiles(connection);
const conversation: Conversation = {
  handle: async () => [],
  known: async () => null,
  numbered: async (_place, reply) => reply,
  admit: async () => ({ kind: 'linked', companyId: 'bench', personId: '1', language: 'es' }),
};
const channel = createTelegram({
  telegram: { token: botToken, apiRoot: `${server.root}/`, webhookUrl: null, webhookSecret: 'x' },
  ...{ conversation, describeFailure, companyId: 'bench', language: 'es', maxBytes: 16 * 1024 * 1024 },
  updates: await createChannelUpdates(connection),
  cards: await createChatCards(connection),
  ...{ tickets, clock: realClock, log: quiet },
  files,
  intake: createIntake({ tickets, files, outbox, identify: identifyFile, profile: 'balanced', log: quiet }),
});
await channel?.start();
ends.defer(async () => channel?.stop());

const acknowledgeMs = await measureSingles();
const burst = await measureBurst();
const memory = await measureMemory(Number(values.updates));
const result = { acknowledgeP50Ms: percentile(0.5), acknowledgeP95Ms: percentile(0.95), photos, ...burst, ...memory };
if (values.json) console.log(JSON.stringify(result, null, 2));
else console.table(result);

async function measureSingles(): Promise<number[]> {
  const ana = aPerson(server, { chat: 1, id: 1 });
  const taken: number[] = [];
  for (let number = 0; number < singles; number += 1) {
    await eventually(() => server.state.poller !== null, true);
    const began = performance.now();
    const id = ana.send({ new_chat_title: 'x' });
    await eventually(() => confirmedAt(id) !== undefined, true);
    taken.push((confirmedAt(id) ?? 0) - began);
  }
  return taken.sort((a, b) => a - b);
}

/** When the Bot API was first asked for what comes after the update. */
function confirmedAt(id: number): number | undefined {
  return server.callsOf('getUpdates').find(({ params }) => Number(params['offset']) > id)?.at;
}

async function measureBurst() {
  const bob = aPerson(server, { chat: 2, id: 2 });
  const filling = Buffer.alloc(200_000, 7);
  const before = process.memoryUsage().rss;
  const began = performance.now();
  for (let number = 0; number < photos; number += 1) bob.sendsPhoto(Buffer.concat([aPicture(`${number}`), filling]));
  const kept = () => connection.collection('tickets').countDocuments({ companyId: 'bench' });
  await until(kept, photos);
  const seconds = (performance.now() - began) / 1_000;
  return {
    kept: await kept(),
    burstSeconds: round(seconds),
    rssGrowthMb: round((process.memoryUsage().rss - before) / 1e6),
  };
}

/** What the process holds after each fifth of the updates, the Bot API's own notes taken away. */
async function measureMemory(updates: number) {
  const people = Array.from({ length: 50 }, (_, index) => aPerson(server, { chat: 100 + index, id: 100 + index }));
  const filling = Buffer.alloc(20_000, 7);
  const kept = () => connection.collection('tickets').countDocuments({ companyId: 'bench' });
  const before = await kept();
  const samplesMb: number[] = [];
  for (let part = 1; part <= 5; part += 1) {
    for (let number = 0; number < updates / 5; number += 1) {
      people[number % 50]?.sendsPhoto(Buffer.concat([aPicture(`${part} ${number}`), filling]));
    }
    await until(kept, before + (updates / 5) * part);
    server.state.calls.length = 0;
    server.state.shown.length = 0;
    server.state.files.clear();
    globalThis.gc?.();
    samplesMb.push(round(process.memoryUsage().rss / 1e6));
  }
  return { updates, rssMb: samplesMb.join(' ') };
}

/** However long it takes: a figure that is bad is a figure too. */
async function until(read: () => Promise<number>, expected: number): Promise<void> {
  while ((await read()) < expected) await realClock.sleep(20);
}

function percentile(part: number): number {
  return round(acknowledgeMs[Math.floor(acknowledgeMs.length * part)] ?? Number.NaN);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
