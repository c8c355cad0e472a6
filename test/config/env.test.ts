import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { ConfigError, readConfig, variables } from '../../config/env.ts';
import { envExample } from '../../config/env-example.ts';

test('without any variable the service listens on loopback and runs every role', () => {
  const config = readConfig({});

  assert.equal(config.http.host, '127.0.0.1');
  assert.deepEqual([...config.roles], ['channels', 'api', 'read', 'understand', 'invoice', 'jobs']);
  assert.deepEqual(config.ocr.backends, ['paddle', 'tesseract']);
});

test('every wrong variable is named at once, with what it is for', () => {
  const wrong = {
    PORT: 'http',
    MONGODB_URI: 'localhost',
    RABBITMQ_URL: 'http://x',
    OCR_BACKENDS: 'abbyy',
    LOG_LEVEL: 'loud',
  };

  assert.throws(
    () => readConfig(wrong),
    (error) => error instanceof ConfigError && Object.keys(wrong).every((name) => error.message.includes(`- ${name}:`)),
  );
});

test('an address that others can reach needs an API key', () => {
  assert.throws(() => readConfig({ HOST: '0.0.0.0' }), /API_KEY/);
  assert.equal(readConfig({ HOST: '0.0.0.0', API_KEY: 'sixteen-characters' }).http.host, '0.0.0.0');
});

test('an empty variable counts as absent', () => {
  assert.equal(readConfig({ PORT: '', MONGODB_URI: '' }).http.port, 3000);
});

test('.env.example names every variable and is what `npm run env-example` writes', async () => {
  const written = await readFile(new URL('../../.env.example', import.meta.url), 'utf8');

  assert.equal(written, envExample());
  for (const name of Object.keys(variables)) assert.match(written, new RegExp(`^# ${name}=`, 'm'));
});

test('a recogniser elsewhere needs its key, and none is asked for one that is not used', () => {
  assert.throws(() => readConfig({ OCR_BACKENDS: 'google_vision,paddle' }), /GOOGLE_API_KEY/);
  assert.throws(() => readConfig({ OCR_BACKENDS: 'aws_textract' }), /AWS_REGION/);
  const { ocr } = readConfig({ OCR_BACKENDS: 'google_vision,paddle', GOOGLE_API_KEY: 'k' });
  assert.deepEqual([ocr.chain, ocr.backends, ocr.googleVision?.apiKey], [['google_vision', 'paddle'], ['paddle'], 'k']);
  assert.deepEqual([readConfig({}).ocr.googleVision, readConfig({}).ocr.awsTextract], [null, null]);
});
