import assert from 'node:assert/strict';
import { chmod, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { Answer, Arrival } from '../../../src/channels/channel.ts';
import { createInbox } from '../../../src/channels/inbox/inbox.ts';
import { Failure } from '../../../src/domain/failure.ts';
import { toResult } from '../../../src/domain/result.ts';
import type { Ticket } from '../../../src/domain/ticket.ts';
import { describeFailure } from '../../../src/notifier/describe.ts';
import { aTicket } from '../../support/builders.ts';
import { eventually } from '../../support/eventually.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { aDataDir, quiet } from '../../support/store.ts';

/** A running inbox whose arrivals are noted; `refuse` stands for what the intake throws. */
async function anInbox(t: TestContext, { dir, refuse }: { dir?: string; refuse?: (arrival: Arrival) => void } = {}) {
  const dataDir = dir ?? (await aDataDir(t));
  const arrivals: Arrival[] = [];
  const clock = manualClock();
  const inbox = createInbox({
    inboxDir: join(dataDir, 'inbox'),
    companyId: 'acme',
    language: 'es',
    maxBytes: 1000,
    intake: async (arrival) => {
      arrivals.push(arrival);
      refuse?.(arrival);
      return aTicket({ source: arrival.source });
    },
    describeFailure,
    clock,
    log: quiet,
  });
  await inbox.start();
  t.after(() => inbox.stop());
  const drop = (name: string, content = name) => writeFile(join(dataDir, 'inbox', name), content);
  const list = async (folder: string) => (await readdir(join(dataDir, folder))).sort();
  const result = async (name: string) => JSON.parse(await readFile(join(dataDir, 'results', name), 'utf8')) as unknown; // asserted as a whole
  return { inbox, dataDir, arrivals, clock, drop, list, result };
}

function answerTo({ source }: Arrival, changes: Partial<Ticket> = {}): Answer {
  const ticket = aTicket({ source, stage: 'COMPLETED', ...changes });
  return { id: 'a', ticketId: ticket.id, source, language: 'es', text: 'Listo', result: toResult(ticket) };
}

test('a second file of the same name never replaces the first', async (t) => {
  const { inbox, arrivals, drop, list, dataDir } = await anInbox(t);
  await drop('scan.pdf', 'one');
  await eventually(() => arrivals.length, 1);
  await drop('scan.pdf', 'two');
  await eventually(() => arrivals.length, 2);

  for (const arrival of arrivals) await inbox.send(answerTo(arrival));

  assert.deepEqual(await list('processed'), ['scan (2).pdf', 'scan.pdf']);
  assert.deepEqual(await list('results'), ['scan (2).pdf.json', 'scan.pdf.json']);
  assert.equal(await readFile(join(dataDir, 'processed/scan (2).pdf'), 'utf8'), 'two');
});

test('a file that a person puts back is a new message', async (t) => {
  const { inbox, arrivals, drop, dataDir } = await anInbox(t);
  await drop('recibo.png');
  await eventually(() => arrivals.length, 1);
  await Promise.all(arrivals.map((arrival) => inbox.send(answerTo(arrival))));

  await rename(join(dataDir, 'processed/recibo.png'), join(dataDir, 'inbox/recibo.png'));

  await eventually(() => new Set(arrivals.map(({ source }) => source.message)).size, 2);
});

test('a name of the greatest length is shortened, whole letters kept, and its extension stays', async (t) => {
  const { list, drop } = await anInbox(t, { refuse: unreadable });

  await drop(`${'ñ'.repeat(125)}.jpg`);

  await eventually(() => list('errors'), [`${'ñ'.repeat(98)}.jpg`]);
  assert.deepEqual(await list('results'), [`${'ñ'.repeat(98)}.jpg.json`]);
});

test('a refused file lies among the errors, with the reason in the language of the place', async (t) => {
  const { list, result, drop } = await anInbox(t, { refuse: unreadable });

  await drop('nota.jpg');

  await eventually(() => list('errors'), ['nota.jpg']);
  const error = { code: 'unsupported-type', message: describeFailure('unsupported-type', 'es') };
  assert.deepEqual(await result('nota.jpg.json'), { file: 'nota.jpg', error });
});

test('a file over the limit is refused unread', async (t) => {
  const { arrivals, list, drop } = await anInbox(t);

  await drop('grande.jpg', 'x'.repeat(1001));

  await eventually(() => list('errors'), ['grande.jpg']);
  assert.deepEqual(arrivals, []);
});

test('a document that could not be read lies among the errors, also as a copy of one', async (t) => {
  const { inbox, arrivals, drop, list } = await anInbox(t);
  await drop('cifrado.pdf');
  await eventually(() => arrivals.length, 1);
  const error = { code: 'encrypted-pdf', message: 'has a password' } as const;

  for (const arrival of arrivals) await inbox.send(answerTo(arrival, { stage: 'DUPLICATE', error }));

  assert.deepEqual(await list('errors'), ['cifrado.pdf']);
});

test('what was in hand when the process was killed is taken again, as the same message', async (t) => {
  const first = await anInbox(t);
  await first.drop('recibo.png');
  await eventually(() => first.arrivals.length, 1);
  await first.inbox.stop();

  const second = await anInbox(t, { dir: first.dataDir });

  await eventually(() => second.arrivals.length, 1);
  assert.deepEqual(second.arrivals[0]?.source, first.arrivals[0]?.source);
});

test('while the database is away a file is tried again until it is kept', async (t) => {
  let isAway = true;
  const { arrivals, clock, drop, list } = await anInbox(t, {
    refuse: () => {
      if (isAway) throw new Failure('database-unavailable', 'retry', 'away');
    },
  });
  await drop('recibo.png');
  for (let attempt = 1; attempt <= 4; attempt += 1) {
    await eventually(() => arrivals.length, attempt);
    isAway = attempt < 4;
    clock.advance(5_000);
  }

  await eventually(() => arrivals.length, 5);

  assert.deepEqual(await list('errors'), []);
});

test('a file that fails again and again holds up nobody', async (t) => {
  const { arrivals, clock, drop, list } = await anInbox(t, {
    refuse: ({ fileName }) => {
      if (fileName === 'a.png') throw new Error('a bug');
    },
  });
  await drop('a.png');
  await eventually(() => arrivals.length, 1);
  await drop('b.png');
  for (const attempt of [2, 3]) {
    clock.advance(5_000);
    await eventually(() => arrivals.length >= attempt, true);
  }

  await eventually(() => arrivals.at(-1)?.fileName, 'b.png');

  assert.deepEqual(await list('errors'), ['a.png']);
});

test('a folder that cannot be written to is no end of the service', async (t) => {
  const { arrivals, drop, dataDir } = await anInbox(t, { refuse: unreadable });
  // A folder in the result's place: what even root cannot write over.
  await mkdir(join(dataDir, 'results/nota.jpg.json.part'), { recursive: true });
  await chmod(join(dataDir, 'results'), 0o500);
  await drop('nota.jpg');
  await eventually(() => arrivals.length, 1);

  await drop('otra.jpg');

  await eventually(() => arrivals.length, 2);
  await chmod(join(dataDir, 'results'), 0o700);
});

function unreadable(): never {
  throw new Failure('unsupported-type', 'ask', 'of an unknown type');
}
