// Debian packages, installed only as root and only while no service is started by them.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRoot, problem, run, which } from './run.mjs';

const policyPath = '/usr/sbin/policy-rc.d';
const policyMark = '# recibot set-up: no service starts while a package for the tests is installed; may be removed';
const bounds = ['-o', 'DPkg::Lock::Timeout=60', '-o', 'Acquire::Retries=2', '-o', 'Acquire::http::Timeout=20'];
const lockTries = 4;
const lockPauseMs = 15_000;

/** Throws, with the command for a person to type, where this user or this system cannot install packages. */
export async function aptInstall(name) {
  const remedy = `→ sudo apt-get update && sudo apt-get install --no-install-recommends ${name}`;
  if (!which(['apt-get']))
    throw problem(`${name}: no hay apt-get · there is no apt-get`, `→ instale · install ${name}`);
  if (!isRoot()) throw problem(`${name}: hace falta ser root · needs root`, remedy);
  // A broken list of some other vendor fails an update that was good enough for us.
  const updated = await apt(['update']).catch((error) => error);
  try {
    await withoutServices(() => apt(['install', '-y', '--no-install-recommends', name]));
  } catch (error) {
    throw problem(updated instanceof Error ? `${updated.message}\n${error.message}` : error.message, remedy, error);
  }
}

/** Waits, within bounds, for whoever holds apt's locks: a machine's own nightly update, as a rule. */
async function apt(args) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run('apt-get', [...bounds, ...args], { timeoutMs: 900_000, env });
    } catch (error) {
      if (attempt === lockTries || !/could not get lock|unable to lock/i.test(error.message)) throw error;
      await sleep(lockPauseMs);
    }
  }
}

/** Debian's own switch: packages that ask policy-rc.d whether to start their service are told no (101). A system's own stays as it is. */
async function withoutServices(work) {
  if (existsSync(policyPath) && !readFileSync(policyPath, 'utf8').includes(policyMark)) return work();
  const restore = () => rmSync(policyPath, { force: true });
  const restoreAndEnd = (signal) => {
    restore();
    process.kill(process.pid, signal);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, restoreAndEnd);
  writeFileSync(policyPath, `#!/bin/sh\n${policyMark}\nexit 101\n`, { mode: 0o755 });
  try {
    return await work();
  } finally {
    restore();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(signal, restoreAndEnd);
  }
}
