import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Reading } from '../../../../src/domain/reading.ts';
import { createChainedReader } from '../../../../src/pipeline/read/outside/chained-reader.ts';
import { createAnswerCache, type KeptAnswers } from '../../../../src/pipeline/read/outside/kept-answers.ts';
import { type OutsideName, type OutsideRecogniser, Refusal } from '../../../../src/pipeline/read/outside/recogniser.ts';
import type { LocalReader } from '../../../../src/pipeline/read/reader.ts';
import { createProviderMeter } from '../../../../src/resilience/provider-metrics.ts';
import { aReading } from '../../../support/builders.ts';
import { quiet } from '../../../support/store.ts';

const request = { bytes: Buffer.from('photo'), mime: 'image/jpeg', profile: 'balanced' as const };

function localReader(text: string, { isDown = false, isText = false } = {}): LocalReader {
  const blank: Reading = {
    ...aReading(),
    provider: '',
    pages: [{ number: 1, width: 800, height: 400, angle: 0, lines: [] }],
  };
  return {
    read: async () => {
      if (isDown) throw Object.assign(new Error('down'));
      return aReading(text);
    },
    prepare: async () => {
      if (isText) return { reading: aReading('OWN TEXT'), pages: [] };
      return { reading: blank, pages: [{ number: 1, jpeg: Buffer.from('jpeg'), width: 400, height: 200 }] };
    },
    close: async () => undefined,
  };
}

function provider(name: OutsideName, answer: () => string, centsPerThousandPages = 0) {
  const calls = { count: 0 };
  const recogniser: OutsideRecogniser = {
    ...{ name, version: '1', centsPerThousandPages },
    read: async () => {
      calls.count += 1;
      const quad: Reading['pages'][number]['lines'][number]['quad'] = [
        [0, 0],
        [100, 0],
        [100, 10],
        [0, 10],
      ];
      const word = { text: answer(), confidence: 0.9, quad };
      return [{ number: 1, lines: [{ ...word, words: [word] }] }];
    },
  };
  return { recogniser, calls };
}

function memory(): KeptAnswers {
  const kept = new Map<string, unknown>();
  return { get: async (key) => kept.get(key) ?? null, save: async (key, answer) => void kept.set(key, answer) };
}

function aChain(chain: readonly (OutsideRecogniser | 'local')[], local = localReader('HERE'), kept = memory()) {
  const meter = createProviderMeter();
  const cache = createAnswerCache(kept);
  const options = { local, chain, cache, meter, log: quiet, isCheapestFirst: false };
  return {
    reader: createChainedReader(options),
    cheapest: createChainedReader({ ...options, isCheapestFirst: true }),
    meter,
  };
}

const textOf = (reading: Reading) => reading.pages.flatMap(({ lines }) => lines.map(({ text }) => text)).join('|');
const fails = () => {
  throw new Error('down');
};

test('the first recogniser reads, and its places are pixels of the page', async () => {
  const { recogniser } = provider('google_vision', () => 'TOTAL 1');
  const { reader } = aChain([recogniser, 'local']);

  const reading = await reader.read(request);

  assert.deepEqual(
    [reading.provider, textOf(reading), reading.pages[0]?.lines[0]?.quad[2]],
    ['google_vision', 'TOTAL 1', [200, 20]],
  );
});

test('when one fails the next one reads', async () => {
  const [first, second] = [provider('google_vision', fails), provider('aws_textract', () => 'TOTAL 2')];
  const { reader, meter } = aChain([first.recogniser, second.recogniser, 'local']);

  const reading = await reader.read(request);

  assert.equal(reading.provider, 'aws_textract');
  assert.deepEqual(
    meter.snapshot().map(({ provider, requests, failures }) => [provider, requests, failures]),
    [
      ['aws_textract', 1, 0],
      ['google_vision', 1, 1],
    ],
  );
});

test('a recogniser that is down is not asked any more', async () => {
  const { recogniser, calls } = provider('google_vision', fails);
  const { reader } = aChain([recogniser, 'local']);

  for (let n = 0; n < 8; n += 1) await reader.read({ ...request, bytes: Buffer.from(`photo ${n}`) });

  assert.equal(calls.count, 5);
});

test('documents that are refused do not make a recogniser count as down', async () => {
  const refuse = () => {
    throw new Refusal('bad image');
  };
  const { recogniser, calls } = provider('google_vision', refuse);
  const { reader } = aChain([recogniser, 'local']);

  for (let n = 0; n < 8; n += 1) await reader.read({ ...request, bytes: Buffer.from(`photo ${n}`) });

  assert.equal(calls.count, 8);
});

test('nobody outside is asked for a document with text of its own', async () => {
  const { recogniser, calls } = provider('google_vision', () => 'PAID');
  const { reader } = aChain([recogniser, 'local'], localReader('HERE', { isText: true }));

  assert.equal(textOf(await reader.read(request)), 'OWN TEXT');
  assert.equal(calls.count, 0);
});

test('the same document is paid for once, also in another process', async () => {
  const { recogniser, calls } = provider('google_vision', () => 'PAID');
  const kept = memory();
  const [one, other] = [aChain([recogniser], undefined, kept), aChain([recogniser], undefined, kept)];

  const texts = [await one.reader.read(request), await one.reader.read(request), await other.reader.read(request)].map(
    textOf,
  );

  assert.deepEqual([texts, calls.count], [['PAID', 'PAID', 'PAID'], 1]);
  assert.deepEqual([one.meter.snapshot()[0]?.cacheHits, other.meter.snapshot()[0]?.cacheHits], [1, 1]);
});

test('another profile is another answer', async () => {
  const { recogniser, calls } = provider('google_vision', () => 'PAID');
  const { reader } = aChain([recogniser]);

  await reader.read(request);
  await reader.read({ ...request, profile: 'high_confidence' });

  assert.equal(calls.count, 2);
});

test('ordered by cost, what costs nothing comes first', async () => {
  const { recogniser, calls } = provider('google_vision', () => 'PAID', 150);
  const { cheapest } = aChain([recogniser, 'local']);

  assert.equal(textOf(await cheapest.read(request)), 'HERE');
  assert.equal(calls.count, 0);
});

test('when all fail the document is tried again later', async () => {
  const { reader } = aChain([provider('google_vision', fails).recogniser, 'local'], localReader('', { isDown: true }));

  await assert.rejects(reader.read(request), { code: 'reader-unavailable', recovery: 'retry' });
});
