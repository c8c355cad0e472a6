import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { AwsV4Signer } from 'aws4fetch';
import type { BlobStore } from '../../src/compliance/backup/blob-store.ts';
import { createBucketStore } from '../../src/compliance/backup/bucket.ts';
import { createFolderStore } from '../../src/compliance/backup/folder.ts';
import { createProviderMeter } from '../../src/resilience/provider-metrics.ts';
import { aCompliance, aNumberedCfdi } from '../support/compliance.ts';
import { aDataDir } from '../support/store.ts';

const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'of-nobody' };

/** An S3-compatible store: checks the signature (v4) of each request, and keeps objects by path-style address; lists two a page. */
async function aBucket(t: TestContext): Promise<BlobStore> {
  const objects = new Map<string, Buffer>();
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const url = new URL(request.url ?? '', `http://${request.headers.host}`);
    const key = decodeURIComponent(url.pathname).replace('/copias/', '');
    if (!(await isSigned(url, request.method ?? '', request.headers, body))) return void response.writeHead(403).end();
    if (url.searchParams.has('list-type'))
      return void response.end(listing([...objects.keys()].sort(), url.searchParams.get('continuation-token')));
    if (request.method === 'PUT') objects.set(key, body);
    if (request.method === 'DELETE') objects.delete(key);
    const found = objects.get(key);
    response.writeHead(request.method === 'GET' && !found ? 404 : 200).end(request.method === 'GET' ? found : '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo; // it listens on TCP
  return createBucketStore(
    { url: `http://127.0.0.1:${port}/copias`, region: 'us-east-1', ...keys },
    createProviderMeter(),
  );
}

async function isSigned(
  url: URL,
  method: string,
  headers: NodeJS.Dict<string | string[]>,
  body: Buffer,
): Promise<boolean> {
  const datetime = String(headers['x-amz-date']);
  const signer = new AwsV4Signer({
    ...{ ...keys, method, url: url.href, service: 's3', region: 'us-east-1', datetime },
    headers: { 'x-amz-content-sha256': String(headers['x-amz-content-sha256']) },
    ...(body.length > 0 ? { body: Buffer.from(body) } : {}),
  });
  return (await signer.sign()).headers.get('authorization') === headers.authorization;
}

function listing(names: string[], token: string | null): string {
  const start = Number(token ?? 0);
  const page = names.slice(start, start + 2).map((name) => `<Contents><Key>${name}</Key></Contents>`);
  const next = start + 2 < names.length ? `<NextContinuationToken>${start + 2}</NextContinuationToken>` : '';
  return `<ListBucketResult>${page.join('')}${next}</ListBucketResult>`;
}

const stores = { folder: async (t: TestContext) => createFolderStore(await aDataDir(t)), bucket: aBucket };

for (const [name, open] of Object.entries(stores)) {
  test(`a ${name} gives back what was put, lists all of it and forgets what is removed`, async (t) => {
    const store = await open(t);
    const names = ['a/1/file', 'a/1/record.json', 'b/2/file'];

    for (const one of names) await store.put(one, Buffer.from(one));
    await store.remove('b/2/file');

    assert.equal((await store.get('a/1/file'))?.toString(), 'a/1/file');
    assert.equal(await store.get('b/2/file'), null);
    const listed: string[] = [];
    for await (const one of store.list()) listed.push(one);
    assert.deepEqual(listed.sort(), ['a/1/file', 'a/1/record.json']);
  });
}

test('what waits for an authority is copied, and a lost database is filled again from the copies, with proof', async (t) => {
  const { comply, sat, sweep, compliance, connection, tickets } = await aCompliance(t);
  sat.behave('bad-gateway');
  for (let number = 1; number <= 5; number += 1) await comply(aNumberedCfdi(number), `${number}.xml`);
  await sweep();
  for (const name of ['tickets', 'compliance', 'fs.files', 'fs.chunks'])
    await connection.collection(name).deleteMany({});

  const found = await compliance.recover();

  assert.deepEqual(
    [found.backups, found.restoredFiles, found.restoredTickets, found.restoredRecords, found.missing],
    [5, 5, 5, 5, []],
  );
  assert.equal((await tickets.latest('acme', { limit: 10 })).length, 5);
  assert.equal((await compliance.recover()).restoredRecords, 0);
});

test('what no copy has is named as missing', async (t) => {
  const { comply, compliance, connection } = await aCompliance(t);
  await comply(aNumberedCfdi(1));
  await connection.collection('fs.files').deleteMany({});

  const { missing, records } = await compliance.recover();

  assert.deepEqual([missing.length, records], [1, 1]);
  assert.match(missing[0] ?? '', /A17 Café/);
});

test('copies of what was settled long ago are removed', async (t) => {
  const { comply, sat, sweep, clock, compliance, blobs } = await aCompliance(t, { openMs: 1 });
  sat.behave('bad-gateway');
  await comply(aNumberedCfdi(1));
  await sweep();
  sat.behave('cancelado');
  clock.advance(60_000);
  await sweep();
  clock.advance(31 * 86_400_000);

  const removed = await compliance.backups.tidy(new Date(clock.now().getTime() - 30 * 86_400_000));

  assert.equal(removed, 1);
  const left: string[] = [];
  for await (const one of blobs.list()) left.push(one);
  assert.deepEqual(left, []);
});
