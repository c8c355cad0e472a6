import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm, stat, watch, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import type { Connection } from 'mongoose';
import { connectStore, type Store } from '../../../src/store/connect.ts';
import { withDatabaseRetry } from '../../../src/store/database-retry.ts';
import { isDuplicateKey } from '../../../src/store/duplicate-key.ts';
import { type Engine, ensureEngine } from '../../../src/store/engine/embedded-engine.ts';
import { aDataDir, type Ends, lastFirst, quiet, runtimeDir } from '../../support/store.ts';

async function anEngine(t: Ends, dataDir: string, idleMs?: number): Promise<Engine> {
  const engine = await ensureEngine({ dataDir, runtimeDir, log: quiet, ...(idleMs === undefined ? {} : { idleMs }) });
  t.after(() => engine.stop());
  return engine;
}

async function anEmbeddedStore(t: Ends, dataDir: string): Promise<Store & { engine: Engine }> {
  const store = await connectStore({ dataDir, runtimeDir, log: quiet });
  const { engine } = store;
  assert.ok(engine);
  t.after(async () => {
    await store.connection.close();
    await engine.stop();
  });
  return { ...store, engine };
}

/** Another process that holds the engine of `dataDir`, and the engine's process id as that one sees it. */
async function anAttachedProcess(t: Ends, dataDir: string): Promise<{ child: ChildProcess; enginePid: number }> {
  const program = join(import.meta.dirname, '../../support/attached-process.ts');
  const child = spawn(process.execPath, [program, dataDir], { stdio: ['pipe', 'pipe', 'inherit'] });
  t.after(() => child.kill('SIGKILL'));
  const [line] = await once(createInterface(child.stdout), 'line');
  return { child, enginePid: Number(line) };
}

async function enginePid(engine: Engine): Promise<number> {
  const pid = await engine.pid();
  assert.ok(pid);
  return pid;
}

/** Inserts one document after the other until told to stop; resolves to the ids that were acknowledged. */
async function insertUntil(signal: AbortSignal, connection: Connection, writer: string): Promise<string[]> {
  const collection = connection.collection<{ _id: string }>('load');
  const acknowledged: string[] = [];
  for (let n = 0; !signal.aborted; n += 1) {
    const id = `${writer}-${n}`;
    await withDatabaseRetry(async () => {
      await collection.insertOne({ _id: id }).catch((error) => {
        if (!isDuplicateKey(error)) throw error;
      });
    });
    acknowledged.push(id);
  }
  return acknowledged;
}

test('killing the engine under load loses no acknowledged write, and work goes on', async (context) => {
  const t = lastFirst(context);
  const { connection, engine } = await anEmbeddedStore(t, await aDataDir(t));
  const stop = new AbortController();
  const writers = ['a', 'b', 'c', 'd'].map((writer) => insertUntil(stop.signal, connection, writer));

  for (let kill = 0; kill < 3; kill += 1) {
    const before = await countOf(connection);
    while ((await countOf(connection)) < before + 50);
    process.kill(await enginePid(engine), 'SIGKILL');
  }
  await countOf(connection);
  stop.abort();
  const acknowledged = (await Promise.all(writers)).flat();

  const kept = await connection.collection<{ _id: string }>('load').distinct('_id');
  assert.deepEqual(
    acknowledged.filter((id) => !new Set(kept).has(id)),
    [],
  );
  assert.ok(acknowledged.length >= 150);
});

function countOf(connection: Connection): Promise<number> {
  return withDatabaseRetry(() => connection.collection('load').countDocuments());
}

test('two processes share one engine', async (context) => {
  const t = lastFirst(context);
  const dataDir = await aDataDir(t);
  const { connection, engine } = await anEmbeddedStore(t, dataDir);

  const other = await anAttachedProcess(t, dataDir);

  assert.equal(other.enginePid, await engine.pid());
  assert.equal(await connection.collection('visits').countDocuments(), 1);
});

test('the engine outlives the killed process that started it, and nothing stays locked', async (context) => {
  const t = lastFirst(context);
  const dataDir = await aDataDir(t);
  const starter = await anAttachedProcess(t, dataDir);

  starter.child.kill('SIGKILL');
  await once(starter.child, 'exit');
  const { connection, engine } = await anEmbeddedStore(t, dataDir);

  assert.equal(await engine.pid(), starter.enginePid);
  assert.equal(await connection.collection('visits').countDocuments(), 1);
});

test('of many that ensure an engine at once, all get the same one', async (context) => {
  const t = lastFirst(context);
  const dataDir = await aDataDir(t);

  const engines = await Promise.all(Array.from({ length: 5 }, () => anEngine(t, dataDir)));
  t.after(() => Promise.all(engines.map((engine) => engine[Symbol.asyncDispose]())));
  const pids = await Promise.all(engines.map((engine) => engine.pid()));

  assert.equal(new Set(pids).size, 1);
  assert.ok(pids[0]);
});

test('the engine ends by itself once its last client has gone, and a next one finds the data', async (context) => {
  const t = lastFirst(context);
  const dataDir = await aDataDir(t);
  const changes = watch(dataDir, { signal: AbortSignal.timeout(20_000) });
  const engine = await anEngine(t, dataDir, 50);
  const pid = await enginePid(engine);

  await engine[Symbol.asyncDispose]();
  for await (const { filename } of changes) {
    if (filename === 'engine.pid' && (await engine.pid()) === undefined) break;
  }
  const next = await anEngine(t, dataDir);

  assert.notEqual(await next.pid(), pid);
});

test('an engine told to end lets its clients finish', async (context) => {
  const t = lastFirst(context);
  const dataDir = await aDataDir(t);
  const { connection, engine } = await anEmbeddedStore(t, dataDir);
  const changes = watch(dataDir, { signal: AbortSignal.timeout(20_000) });

  process.kill(await enginePid(engine), 'SIGTERM');
  for await (const { filename } of changes) if (filename === 'engine.sock') break;
  await connection.collection<{ _id: number }>('visits').insertOne({ _id: 1 });

  assert.equal(await connection.collection('visits').countDocuments(), 1);
});

test('only this user reaches the data and the socket', async (context) => {
  const t = lastFirst(context);
  const dataDir = join(await aDataDir(t), 'data');
  const engine = await anEngine(t, dataDir);

  const modes = await Promise.all([dataDir, join(dataDir, 'engine.sock'), join(dataDir, 'db')].map(modeOf));

  assert.ok(await engine.pid());
  assert.deepEqual(modes, [0o700, 0o600, 0o700]);
});

test('a data directory with a long path is reached through a short, private socket path', async (context) => {
  const t = lastFirst(context);
  const dataDir = join(await aDataDir(t), 'long'.repeat(25));
  await mkdir(dataDir);

  const engine = await anEngine(t, dataDir);

  const socketPath = decodeURIComponent(/^mongodb:\/\/([^/]+)\//.exec(engine.uri)?.[1] ?? '');
  t.after(() => rm(dirname(socketPath), { recursive: true }));
  assert.ok(Buffer.byteLength(socketPath) <= 100);
  assert.equal(await modeOf(dirname(socketPath)), 0o700);
});

async function modeOf(path: string): Promise<number> {
  return (await stat(path)).mode & 0o777;
}

test('an engine that cannot open its files says why and where to look', async (context) => {
  const t = lastFirst(context);
  const dataDir = await aDataDir(t);
  await writeFile(join(dataDir, 'db'), 'not a folder');

  const starting = ensureEngine({ dataDir, runtimeDir, log: quiet });

  await assert.rejects(starting, /ended with code 1 while starting; .*engine\.log ends with:\n.+/s);
});
