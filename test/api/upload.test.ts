import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { Failure } from '../../src/domain/failure.ts';
import { takenInAtOnce } from '../../src/http/spooled-upload.ts';
import { aForm, anApi, post } from '../support/api.ts';
import { aPicture } from '../support/builders.ts';
import { eventually } from '../support/eventually.ts';
import { aGate } from '../support/recorder.ts';
import { aDataDir } from '../support/store.ts';

const sixteenMb = 16 * 1024 * 1024;

function pictureOf(sizeBytes: number): Buffer {
  return Buffer.concat([aPicture('padded'), Buffer.alloc(sizeBytes - aPicture('padded').byteLength)]);
}

test('seed 4’s example is kept and answered in its shape', async (t) => {
  const { api, tickets } = await anApi(t);
  const metadata = {
    numerosorteo: 'A',
    fechasorteo: '20250711',
    idWhatsapp: '123456@lid',
    nombre: 'Juan',
    horamin: '14-30',
  };

  const response = await post(api, '/api/upload', aForm([{ name: 'image.png', bytes: aPicture() }], metadata));

  assert.equal(response.statusCode, 200);
  const { files_processed, ...totals } = response.json();
  assert.deepEqual(totals, { success: true, files_uploaded: 1, files_failed: [] });
  const [{ ticket_id, ...file }] = files_processed;
  assert.deepEqual(file, {
    original_name: 'image.png',
    stored_name: '20250711-A--123456@lid_Juan_14-30.png',
    duplicate_of: null,
    metadata,
  });
  const ticket = await tickets.get('acme', ticket_id);
  assert.equal(ticket?.file.name, '20250711-A--123456@lid_Juan_14-30.png');
  assert.deepEqual(ticket?.metadata, { ...metadata, originalName: 'image.png' });
});

test('profile, language and priority reach the ticket', async (t) => {
  const { api, tickets } = await anApi(t);
  const fields = { profile: 'ultra_rapido', language: 'en', priority: 'URGENT' };

  const response = await post(api, '/api/upload', aForm([{ name: 'a.png', bytes: aPicture(), field: 'file' }], fields));

  const ticket = await tickets.get('acme', response.json().files_processed[0].ticket_id);
  assert.deepEqual([ticket?.profile, ticket?.language, ticket?.priority], ['ultra_rapido', 'en', 'URGENT']);
});

test('a request repeated with its Idempotency-Key makes no second ticket', async (t) => {
  const { api, tickets } = await anApi(t);
  const form = aForm([{ name: 'a.png', bytes: aPicture() }]);
  const key = { 'idempotency-key': 'order-17' };

  const first = await post(api, '/api/upload', form, key);
  const second = await post(api, '/api/upload', form, key);

  assert.deepEqual(second.json(), first.json());
  assert.equal((await tickets.latest('acme', { limit: 10 })).length, 1);
});

test('an Idempotency-Key used again for other bytes is refused, so that they are not lost silently', async (t) => {
  const { api } = await anApi(t);
  const key = { 'idempotency-key': 'order-17' };
  await post(api, '/api/upload', aForm([{ name: 'a.png', bytes: aPicture() }]), key);

  const response = await post(api, '/api/upload', aForm([{ name: 'a.png', bytes: aPicture() }]), key);

  assert.equal(response.statusCode, 400);
  assert.equal(response.json().files_failed[0].error.code, 'invalid-request');
});

test('the same bytes without a key are a duplicate that points to the first', async (t) => {
  const { api } = await anApi(t);
  const form = aForm([{ name: 'a.png', bytes: aPicture() }]);
  const first = await post(api, '/api/upload', form);

  const second = await post(api, '/api/upload', form);

  assert.equal(second.json().files_processed[0].duplicate_of, first.json().files_processed[0].ticket_id);
});

test('one byte over 16 MB, an empty file and a text are refused each with its reason while the others go on', async (t) => {
  const { api } = await anApi(t);
  const files = [
    { name: 'justo.png', bytes: pictureOf(sixteenMb) },
    { name: 'grande.png', bytes: pictureOf(sixteenMb + 1) },
    { name: 'vacio.png', bytes: Buffer.alloc(0) },
    { name: 'nota.jpg', bytes: Buffer.from('esto es un texto') },
    { name: 'bien.png', bytes: aPicture() },
  ];

  const response = await post(api, '/api/upload', aForm(files));

  const { files_processed, files_failed, success } = response.json();
  assert.equal(response.statusCode, 200);
  assert.equal(success, true);
  assert.deepEqual(
    files_processed.map((file: { original_name: string }) => file.original_name),
    ['justo.png', 'bien.png'],
  );
  assert.deepEqual(
    files_failed.map((file: { original_name: string; error: { code: string } }) => [
      file.original_name,
      file.error.code,
    ]),
    [
      ['grande.png', 'too-large'],
      ['vacio.png', 'empty-file'],
      ['nota.jpg', 'unsupported-type'],
    ],
  );
  assert.match(files_failed[0].error.message, /16 MB/);
});

test('when no file could be taken the status says so', async (t) => {
  const { api } = await anApi(t);

  const response = await post(api, '/api/upload', aForm([{ name: 'nota.jpg', bytes: Buffer.from('texto') }]));

  assert.equal(response.statusCode, 415);
  assert.equal(response.json().success, false);
});

test('names and metadata that climb folders are made harmless', async (t) => {
  const { api, tickets } = await anApi(t);
  const form = aForm([{ name: '../../etc/passwd.png', bytes: aPicture() }], {
    nombre: '../../../root',
    idWhatsapp: '<b>',
  });

  const response = await post(api, '/api/upload', form);

  const [file] = response.json().files_processed;
  assert.equal(file.stored_name, 'b_root.png');
  assert.equal((await tickets.get('acme', file.ticket_id))?.file.name, 'b_root.png');
});

test('more than fifty files, or no file, or a wrong field is refused whole', async (t) => {
  const { api, tickets } = await anApi(t);
  const many = Array.from({ length: 51 }, (_, index) => ({ name: `${index}.png`, bytes: aPicture() }));
  const one = [{ name: 'a.png', bytes: aPicture() }];

  const responses = await Promise.all([
    post(api, '/api/upload', aForm(many)),
    post(api, '/api/upload', aForm([])),
    post(api, '/api/upload', aForm(one, { profile: 'magic' })),
    post(api, '/api/upload', aForm(one, { nombre: 'x'.repeat(5_000) })),
    post(api, '/api/upload', aForm(one), { 'idempotency-key': 'x'.repeat(500) }),
  ]);

  assert.deepEqual(
    responses.map(({ statusCode }) => statusCode),
    [413, 400, 400, 400, 400],
  );
  assert.equal(responses[0]?.json().error.code, 'too-many-files');
  assert.match(responses[0]?.json().error.message, /hasta 50, o 100 MB/);
  assert.deepEqual(responses[2]?.json().error.fields, ['profile']);
  assert.deepEqual(await tickets.latest('acme', { limit: 10 }), []);
});

test('a request that announces more than 100 MB in all is told so, not that one file is too large', async (t) => {
  const { api } = await anApi(t);
  const announced = { 'content-length': String(200 * 1024 * 1024) };

  const response = await post(api, '/api/upload', aForm([{ name: 'a.png', bytes: aPicture() }]), announced);

  assert.deepEqual([response.statusCode, response.json().error.code], [413, 'too-many-files']);
});

test('a body that is no form, or half of one, is refused and leaves nothing on the disk', async (t) => {
  const { api } = await anApi(t);
  const folder = await aDataDir(t);
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  t.after(() => {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  });
  const { payload, headers } = aForm([{ name: 'a.png', bytes: pictureOf(100_000) }]);
  const half = { payload: payload.subarray(0, 50_000), headers };

  const json = await api.inject({ method: 'POST', url: '/api/upload', payload: { a: 1 } });
  const cut = await post(api, '/api/upload', half);

  assert.deepEqual([json.statusCode, cut.statusCode], [400, 400]);
  assert.deepEqual(await readdir(folder), []);
});

test('a database that is away is told as 503 with when to come again, and without internals', async (t) => {
  const { api } = await anApi(t, {
    intake: async () => {
      throw new Failure('database-unavailable', 'retry', 'connect ECONNREFUSED 10.0.0.7:27017');
    },
  });

  const response = await post(api, '/api/upload', aForm([{ name: 'a.png', bytes: aPicture() }]), {
    'accept-language': 'en',
  });

  assert.equal(response.statusCode, 503);
  assert.equal(response.headers['retry-after'], '5');
  assert.equal(response.json().error.code, 'database-unavailable');
  assert.doesNotMatch(response.body, /ECONNREFUSED|10\.0\.0\.7/);
});

test('however many requests come, few hold their files in memory at once', async (t) => {
  const gate = aGate();
  let [inHand, most] = [0, 0];
  const { api } = await anApi(t, {
    intake: async () => {
      inHand += 1;
      most = Math.max(most, inHand);
      await gate.opened;
      inHand -= 1;
      throw new Failure('empty-file', 'ask', 'the answer does not matter');
    },
  });
  const form = aForm([{ name: 'a.png', bytes: aPicture() }]);

  const posts = Array.from({ length: 12 }, () => post(api, '/api/upload', form));
  await eventually(() => inHand, takenInAtOnce);
  gate.open();
  await Promise.all(posts);

  assert.equal(most, takenInAtOnce);
});
