import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '../../config/env.ts';

const key = 'a key of sixteen or more';

test('the intelligence service runs only where it is asked for', () => {
  assert.equal(readConfig({}).roles.has('intelligence'), false);
  assert.deepEqual([...readConfig({ ROLES: 'intelligence' }).roles], ['intelligence']);
});

test('an intelligence service that others can reach needs its own key, not that of the API', () => {
  const open = { ROLES: 'intelligence', HOST: '0.0.0.0' };

  assert.throws(() => readConfig(open), /INTELLIGENCE_API_KEY: is needed/);
  assert.equal(readConfig({ ...open, INTELLIGENCE_API_KEY: key }).intelligence.apiKey, key);
  assert.throws(() => readConfig({ HOST: '0.0.0.0' }), /API_KEY: is needed/);
});

test('the remote recogniser needs its address', () => {
  assert.throws(() => readConfig({ OCR_BACKENDS: 'remote,paddle' }), /INTELLIGENCE_SERVICE_URL/);
  const { client } = readConfig({
    ...{ OCR_BACKENDS: 'remote,paddle', INTELLIGENCE_SERVICE_URL: 'http://big:9000/' },
  }).intelligence;
  assert.deepEqual(client, { url: 'http://big:9000', apiKey: null });
});

test('embeddings are off without a key; OpenAI goes before Cohere', () => {
  const embeddings = (env: Record<string, string>) => readConfig(env).understanding.embeddings;

  assert.equal(embeddings({}), null);
  assert.equal(embeddings({ COHERE_API_KEY: 'c' })?.provider, 'cohere');
  const openAi = embeddings({ COHERE_API_KEY: 'c', OPENAI_API_KEY: 'o', OPENAI_BASE_URL: 'http://localhost:1/v1/' });
  assert.deepEqual(openAi, {
    ...{ provider: 'openai', apiKey: 'o', baseUrl: 'http://localhost:1/v1', model: 'text-embedding-3-small' },
  });
});
