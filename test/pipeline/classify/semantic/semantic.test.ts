import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { createCatalog, Merchant } from '../../../../src/pipeline/classify/merchants.ts';
import { createCohereEmbedder } from '../../../../src/pipeline/classify/semantic/cohere.ts';
import type { Embedder } from '../../../../src/pipeline/classify/semantic/embedder.ts';
import { createOpenAiEmbedder } from '../../../../src/pipeline/classify/semantic/openai.ts';
import { createSemantic } from '../../../../src/pipeline/classify/semantic/semantic.ts';
import { createGuardedCall } from '../../../../src/resilience/guarded-call.ts';
import type { EmbeddingCache } from '../../../../src/store/embeddings.ts';
import { aReading } from '../../../support/builders.ts';
import { anEmbeddingServer, type EmbeddingServer } from '../../../support/embedding-server.ts';
import { quiet } from '../../../support/store.ts';

const words =
  'sol luna mar rio monte valle bosque piedra fuego viento nieve arena trigo miel sal pan vino aceite oro plata'.split(
    ' ',
  );
const shops = words.map((word) =>
  Merchant.parse({
    id: word,
    name: `Casa ${word}`,
    country: 'MX',
    kind: 'other',
    aliases: [`tienda ${word}`],
    source: 'test',
  }),
);
const receipt = aReading('TIENDA', 'BOSQUE', 'CASA', 'TOTAL 5.00');

const providers: Record<string, (server: EmbeddingServer, apiKey?: string) => Embedder> = {
  openai: ({ openAiUrl: baseUrl }, apiKey = 'test-key') =>
    createOpenAiEmbedder({ apiKey, baseUrl, model: 'text-embedding-3-small' }),
  cohere: ({ cohereUrl: baseUrl }, apiKey = 'test-key') =>
    createCohereEmbedder({ apiKey, baseUrl, model: 'embed-multilingual-v3.0' }),
};

function memoryCache(): EmbeddingCache {
  const kept = new Map<string, Float32Array>();
  return {
    get: async (keys) => keys.map((key) => kept.get(key) ?? null),
    put: async (entries) => {
      for (const { key, vector } of entries) kept.set(key, vector);
    },
    forgetBefore: async () => undefined,
  };
}

function aSemantic(embedder: Embedder, { cache = memoryCache(), timeoutMs = 5_000 } = {}) {
  const guarded = createGuardedCall({ provider: embedder.provider, timeoutMs, outagesToOpen: 2 });
  const catalog = createCatalog(shops);
  return createSemantic({ embedder, guarded, cache, catalog: () => catalog, log: quiet });
}

async function aServer(t: TestContext) {
  return anEmbeddingServer(t);
}

for (const [name, embedder] of Object.entries(providers)) {
  test(`${name}: the merchant whose description is nearest gets the strongest sign, never a sure one`, async (t) => {
    const semantic = aSemantic(embedder(await aServer(t)));

    const [best, second] = await semantic(receipt);

    assert.equal(best?.id, 'bosque');
    assert.equal(best?.method, 'semantic');
    assert.ok((best?.probability ?? 1) <= 0.75);
    assert.ok((best?.probability ?? 0) > (second?.probability ?? 0));
  });

  test(`${name}: what is in the cache is not asked for again`, async (t) => {
    const server = await aServer(t);
    const cache = memoryCache();
    await aSemantic(embedder(server), { cache })(receipt);
    const asked = server.calls.length;

    const signs = await aSemantic(embedder(server), { cache })(receipt);

    assert.equal(signs[0]?.id, 'bosque');
    assert.equal(server.calls.length, asked);
  });

  test(`${name}: a wrong key, a refusal or silence gives no signs, and a provider that is down is not asked for ever`, async (t) => {
    const server = await aServer(t);
    assert.deepEqual(await aSemantic(embedder(server, 'wrong'))(receipt), []);
    const semantic = aSemantic(embedder(server), { timeoutMs: 100 });

    server.fail(500);
    assert.deepEqual(await semantic(receipt), []);
    server.fail(0);
    assert.deepEqual(await semantic(receipt), []);
    const asked = server.calls.length;
    server.fail(null);
    assert.deepEqual(await semantic(receipt), []);

    assert.equal(server.calls.length, asked);
  });
}
