// Debian packages, installed only as root and only while no service is started by them.
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { isRoot, problem, run, which } from './run.mjs';

const policyPath = '/usr/sbin/policy-rc.d';
const bounds = ['-o', 'DPkg::Lock::Timeout=120', '-o', 'Acquire::Retries=2', '-o', 'Acquire::http::Timeout=20'];
const quietly = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };

/** Throws, with the command for a person to type, where this user or this system cannot install packages. */
export async function aptInstall(name) {
  const remedy = `→ sudo apt-get update && sudo apt-get install --no-install-recommends ${name}`;
  if (!which(['apt-get']))
    throw problem(`${name}: no hay apt-get · there is no apt-get`, `→ instale · install ${name}`);
  if (!isRoot()) throw problem(`${name}: hace falta ser root · needs root`, remedy);
  try {
    await run('apt-get', [...bounds, 'update'], { timeoutMs: 300_000, env: quietly });
    await withoutServices(() =>
      run('apt-get', [...bounds, 'install', '-y', '--no-install-recommends', name], {
        timeoutMs: 900_000,
        env: quietly,
      }),
    );
  } catch (error) {
    throw problem(error.message, remedy, error);
  }
}

/** Debian's own switch: packages that ask policy-rc.d whether to start their service are told no (101). One that is there stays. */
async function withoutServices(work) {
  if (existsSync(policyPath)) return work();
  const restore = () => rmSync(policyPath, { force: true });
  writeFileSync(policyPath, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  process.once('exit', restore);
  try {
    return await work();
  } finally {
    restore();
    process.off('exit', restore);
  }
}
