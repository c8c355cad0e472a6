import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startRabbit, whyNoRabbit } from '../support/rabbitmq.ts';
import { aDataDir } from '../support/store.ts';
import { type ChaosReport, runChaos } from './chaos.ts';

// The whole measure is 200 documents and 20 kills (CHAOS_DOCUMENTS=200 CHAOS_KILLS=20); every run of the tests does a part of it.
const documents = Number(process.env.CHAOS_DOCUMENTS ?? 60);
const kills = Number(process.env.CHAOS_KILLS ?? 6);
const seed = Number(process.env.CHAOS_SEED ?? Date.now() % 1_000_000);

test('on the embedded bus no document is lost or answered in two ways, whoever is killed', async (t) => {
  const dataDir = await aDataDir(t);
  t.diagnostic(`CHAOS_SEED=${seed}`);

  const report = await runChaos({
    dataDir,
    documents,
    kills,
    random: randomFrom(seed),
    log: (line) => t.diagnostic(line),
  });

  check(report);
});

test('on RabbitMQ no document is lost or answered in two ways, whoever is killed', { skip: whyNoRabbit }, async (t) => {
  const dataDir = await aDataDir(t);
  await using rabbit = await startRabbit();
  const broker = async () => {
    await rabbit.kill();
    await rabbit.start();
  };
  const otherTargets: Record<string, () => Promise<void>> = process.env.TEST_RABBITMQ_URL ? {} : { broker };
  t.diagnostic(`CHAOS_SEED=${seed}`);

  const options = { dataDir, documents, kills, rabbitmqUrl: rabbit.url, otherTargets };
  const report = await runChaos({ ...options, random: randomFrom(seed), log: (line) => t.diagnostic(line) });

  check(report);
});

function check({ ends }: ChaosReport): void {
  assert.equal(new Set(ends.map(({ ticketId }) => ticketId)).size, documents);
  for (const end of ends) {
    const told = JSON.stringify(end);
    assert.equal(end.finalStages.length, 1, `exactly one final stage: ${told}`);
    assert.ok(['COMPLETED', 'HUMAN_REVIEW'].includes(end.stage), `read in spite of the kills: ${told}`);
    assert.equal(end.total, end.expectedTotal, `the right total: ${told}`);
    assert.equal(end.answers.length, 1, `answered, and never differently: ${told}`);
  }
}

/** Mulberry32: small, repeatable, good enough to choose victims. */
function randomFrom(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
