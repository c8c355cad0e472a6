import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linkCodeIn } from '../../src/domain/link-code.ts';
import { connectStore } from '../../src/store/connect.ts';
import { createLinkCodes } from '../../src/store/link-codes.ts';
import { realClock } from '../support/real-clock.ts';
import { runCli } from '../support/run-cli.ts';
import { aDataDir, lastFirst, quiet, runtimeDir } from '../support/store.ts';

test('link-code prints a code that links its user to the company in the role', async (t) => {
  const ends = lastFirst(t);
  const dataDir = await aDataDir(ends);

  const added = await runCli(['company', 'add', 'acme', 'Acme SA'], { DATA_DIR: dataDir });

  const { stdout, stderr, code } = await runCli(['link-code', '--company', 'acme', '--role', 'reviewer'], {
    DATA_DIR: dataDir,
  });

  assert.deepEqual([added.code, added.stdout], [0, 'acme\n']);

  assert.equal(code, 0);
  assert.match(stderr, /Dáselo a la persona[\s\S]*Give it to the person/);
  const store = await connectStore({ dataDir, runtimeDir, log: quiet });
  ends.after(async () => {
    await store[Symbol.asyncDispose]();
    await store.engine?.stop();
  });
  const codes = await createLinkCodes(store.connection, realClock);
  const grant = await codes.claim(linkCodeIn(stdout) ?? '', { channel: 'telegram', account: 'bot', sender: 'ana' });
  assert.deepEqual(grant, { companyId: 'acme', roles: ['reviewer'], personId: null });
});
