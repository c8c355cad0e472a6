// One set-up at a time in one clone: `npm start` and `npm test` may be typed at once.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { problem, runtimeDir } from './run.mjs';
import { say } from './terminal.mjs';

const path = join(runtimeDir, 'setup.pid');
const timeoutMs = 600_000;

export async function withLock(work) {
  mkdirSync(runtimeDir, { recursive: true });
  const deadline = Date.now() + timeoutMs;
  let hasSaid = false;
  while (!take()) {
    if (Date.now() > deadline) throw problem('otra preparación no termina · another set-up does not end', `rm ${path}`);
    if (!hasSaid) say('… esperando a otra preparación en curso · waiting for another set-up');
    hasSaid = true;
    await sleep(500);
  }
  try {
    await work();
  } finally {
    rmSync(path, { force: true });
  }
}

function take() {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    // A set-up that was killed leaves its file; its process is gone.
    if (!isAlive(Number(readFileSync(path, 'utf8')))) rmSync(path, { force: true });
    return false;
  }
}

function isAlive(pid) {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}
