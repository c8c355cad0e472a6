import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { aDataDir } from '../support/store.ts';

const scripts = join(import.meta.dirname, '../../scripts');

/** An npm that answers `ping` and installs what set-up looks for. */
const workingNpm = `
  const { mkdirSync, writeFileSync } = require('node:fs');
  mkdirSync('node_modules/.bin', { recursive: true });
  writeFileSync('node_modules/.bin/node', '');
  writeFileSync('node_modules/.package-lock.json', '{"packages":{"node_modules/x":{"version":"1.0.0"}}}');
`;
const brokenNpm = "console.error('npm error code E500'); process.exit(process.argv[2] === 'ping' ? 0 : 1);";

/** A fresh clone with nothing but set-up, a dependency to install, and the newer glibc that this machine may need. */
async function aClone(t: TestContext, npm: string) {
  const root = await aDataDir(t);
  await cp(scripts, join(root, 'scripts'), { recursive: true });
  await mkdir(join(root, '.runtime/glibc/lib'), { recursive: true });
  await writeFile(join(root, '.runtime/glibc/lib/ld-linux-x86-64.so.2'), '');
  await writeFile(join(root, 'package-lock.json'), '{"packages":{"":{},"node_modules/x":{"version":"1.0.0"}}}');
  await writeFile(join(root, 'npm.js'), npm);
  return root;
}

function setUp(root: string, mode: string): Promise<{ code: number; output: string }> {
  const env = { PATH: '', npm_execpath: join(root, 'npm.js') };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, ['scripts/setup.mjs', mode], { cwd: root, env }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, output: stdout + stderr }),
    );
  });
}

test('a fresh clone gets its dependencies, and is told so in both languages', async (t) => {
  const root = await aClone(t, workingNpm);

  const { code, output } = await setUp(root, 'start');

  assert.equal(code, 0);
  assert.match(output, /✔ Dependencias de npm y Node 24 · npm dependencies and Node 24/);
});

test('with nothing to do set-up says nothing', async (t) => {
  const root = await aClone(t, workingNpm);
  await setUp(root, 'start');

  const again = await setUp(root, 'start');

  assert.deepEqual(again, { code: 0, output: '' });
});

test('a dependency of another version than the lock file names is installed again', async (t) => {
  const root = await aClone(t, workingNpm);
  await setUp(root, 'start');
  await writeFile(join(root, 'node_modules/.package-lock.json'), '{"packages":{"node_modules/x":{"version":"0.9.0"}}}');

  const { output } = await setUp(root, 'start');

  assert.match(output, /✔ Dependencias/);
});

test('when npm fails, set-up fails with its reason and the command to repeat', async (t) => {
  const root = await aClone(t, brokenNpm);

  const { code, output } = await setUp(root, 'start');

  assert.equal(code, 1);
  assert.match(output, /✖ Dependencias.*E500.*npm install/s);
});

test('the lock of a set-up that was killed is taken over', async (t) => {
  const root = await aClone(t, workingNpm);
  // Above the largest process id that Linux gives (2^22).
  await writeFile(join(root, '.runtime/setup.pid'), '4194305');

  const { code, output } = await setUp(root, 'start');

  assert.equal(code, 0, output);
});

test('an unknown mode is answered with the usage', async (t) => {
  const { code, output } = await setUp(await aClone(t, workingNpm), 'everything');

  assert.equal(code, 1);
  assert.match(output, /usage: node scripts\/setup\.mjs start\|test/);
});
