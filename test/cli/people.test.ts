import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectStore } from '../../src/store/connect.ts';
import { createPeople } from '../../src/store/people.ts';
import { realClock } from '../support/real-clock.ts';
import { runCli } from '../support/run-cli.ts';
import { aDataDir, lastFirst, quiet, runtimeDir } from '../support/store.ts';

test('people and companies are listed, roles changed and access taken away', async (t) => {
  const ends = lastFirst(t);
  const dataDir = await aDataDir(ends);
  const recibot = (...args: string[]) => runCli(args, { DATA_DIR: dataDir });
  await recibot('company', 'add', 'acme', 'Acme SA');
  const store = await connectStore({ dataDir, runtimeDir, log: quiet });
  ends.after(async () => {
    await store[Symbol.asyncDispose]();
    await store.engine?.stop();
  });
  const people = await createPeople(store.connection, realClock);
  const identity = { channel: 'telegram', account: 'bot', sender: '77' };
  const ana = await people.join({ companyId: 'acme', roles: ['member'], name: 'Ana\u001b[2J', identity });

  const listed = await recibot('people', 'list', '--company', 'acme');
  const changed = await recibot('people', 'role', ana.id, 'owner', 'reviewer');
  const companies = await recibot('company', 'list');
  const removed = await recibot('people', 'remove', ana.id);
  const unknown = await recibot('people', 'role', ana.id, 'owner');

  assert.equal(listed.stdout, `${ana.id}\tacme\tmember\ttelegram:77\tAna[2J\n`);
  assert.equal(changed.stdout, `${ana.id}\towner,reviewer\n`);
  assert.equal(companies.stdout, 'default\tdefault\t0\nacme\tAcme SA\t1\n');
  assert.equal(removed.code, 0);
  assert.equal(await people.ofIdentity(identity), null);
  assert.match(unknown.stderr, /No existe esa persona/);
});

test('a company that does not exist gets no code, and a strange or taken id is refused', async (t) => {
  const dataDir = await aDataDir(t);
  const recibot = (...args: string[]) => runCli(args, { DATA_DIR: dataDir });

  const code = await recibot('link-code', '--company', 'nobody');
  const strange = await recibot('company', 'add', '../etc');
  const taken = await recibot('company', 'add', 'default');

  assert.deepEqual([code.code, strange.code, taken.code], [1, 1, 1]);
  assert.match(code.stderr, /recibot company add nobody/);
});
