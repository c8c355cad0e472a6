import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type EngineAddress, engineAddress } from './address.ts';
import { engineCommand, launchEngine } from './launch.ts';

export interface EngineOptions {
  dataDir: string;
  /** Where set-up keeps what it fetched, `.runtime` of the project. */
  runtimeDir: string;
  log: Logger;
  /** How long the engine stays after its last client has left; default 5000 ms. */
  idleMs?: number;
}

/** A hold on the data directory's engine. While it is held the engine is restarted whenever it dies. */
export interface Engine extends AsyncDisposable {
  /** For any MongoDB driver on this machine; the same over restarts. */
  readonly uri: string;
  /** The engine's process id at this moment; undefined while it is being restarted. */
  pid(): Promise<number | undefined>;
  /** Lets go and asks the engine to end now instead of after `idleMs`; resolves when it has closed its files. */
  stop(): Promise<void>;
}

/** Opening a database that was killed replays its journal: 80–400 ms measured, more on a slow disk. */
const startTimeoutMs = 60_000;
const stopTimeoutMs = 30_000;
const pollMs = 20;
/** Another engine that is closing its files holds their lock until it is done. */
const nextTryMs = 200;
const longestBackOffMs = 10_000;
const otherEngineHasIt = 75;

/**
 * Attaches to the engine of `dataDir`, starting it when there is none. Any number of processes may do so at once: an engine that finds
 * the directory locked by another leaves, and its starter attaches to the other. Throws, saying what to do, when none can be started.
 */
export async function ensureEngine({ dataDir, runtimeDir, log, idleMs = 5_000 }: EngineOptions): Promise<Engine> {
  const address = await engineAddress(dataDir);
  const attach = async () =>
    (await tryConnect(address)) ?? startEngine(address, await engineCommand(runtimeDir), idleMs);
  const letGo = superviseLease(await attach(), attach, log);
  return {
    uri: address.uri,
    pid: () => readPid(address),
    stop: () => stopEngine(address, letGo),
    [Symbol.asyncDispose]: async () => letGo(),
  };
}

/** Keeps one idle connection: its end is the news that the engine died, which is answered by attaching anew. Returns how to let go. */
function superviseLease(first: Socket, attach: () => Promise<Socket>, log: Logger): () => void {
  const released = new AbortController();
  let lease = first;
  function watch(socket: Socket): void {
    lease = socket;
    // An open lease does not keep a process running that has nothing else to do.
    socket.unref();
    socket.once('close', () => {
      if (!released.signal.aborted) void reattach();
    });
  }
  async function reattach(): Promise<void> {
    log.warn('database engine gone, starting it again');
    for (let backOffMs = 100; !released.signal.aborted; backOffMs = Math.min(backOffMs * 2, longestBackOffMs)) {
      try {
        const socket = await attach();
        if (released.signal.aborted) socket.destroy();
        else watch(socket);
        log.info('database engine is back');
        return;
      } catch (error) {
        log.error({ err: error, backOffMs }, 'database engine does not start');
        await sleep(backOffMs, undefined, { ref: false });
      }
    }
  }
  watch(first);
  return () => {
    released.abort();
    lease.destroy();
  };
}

async function startEngine(address: EngineAddress, command: [string, ...string[]], idleMs: number): Promise<Socket> {
  const deadline = Date.now() + startTimeoutMs;
  while (Date.now() < deadline) {
    const child = await launchEngine(command, address, idleMs);
    const socket = await connectWhileStarting(address, child, deadline);
    if (socket) return socket;
    // Killed by a signal or beaten by another engine: look again. Anything else will not mend itself.
    if (child.exitCode !== null && child.exitCode !== otherEngineHasIt)
      throw await startFailure(address, child.exitCode);
    await sleep(nextTryMs);
  }
  throw new Error(`The embedded database did not start within ${startTimeoutMs / 1000} s. See ${address.logPath}.`);
}

async function connectWhileStarting(address: EngineAddress, child: ChildProcess, deadline: number) {
  // Rejects with the system's reason when the program cannot be run.
  await once(child, 'spawn');
  while (Date.now() < deadline) {
    const socket = await tryConnect(address);
    if (socket || child.exitCode !== null || child.signalCode !== null) return socket;
    await sleep(pollMs);
  }
  return undefined;
}

async function startFailure(address: EngineAddress, exitCode: number): Promise<Error> {
  const log = await readFile(address.logPath, 'utf8').catch(() => '');
  return new Error(
    `The embedded database ended with code ${exitCode} while starting; ${address.logPath} ends with:\n${log.slice(-2000)}`,
  );
}

async function tryConnect({ socketPath }: EngineAddress): Promise<Socket | undefined> {
  const socket = connect(socketPath);
  try {
    await once(socket, 'connect');
  } catch {
    return undefined;
  }
  // A connection that breaks tells so by 'close'; without this listener 'error' would end the process.
  socket.on('error', () => undefined);
  socket.resume();
  return socket;
}

async function readPid(address: EngineAddress): Promise<number | undefined> {
  const text = await readFile(address.pidPath, 'utf8').catch(() => '');
  const pid = Number.parseInt(text, 10);
  return pid > 0 && isAlive(pid) ? pid : undefined;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function stopEngine(address: EngineAddress, letGo: () => void): Promise<void> {
  letGo();
  const pid = await readPid(address);
  // Only what answers on the socket is surely ours: after a crash the number may be another program's by now.
  const probe = await tryConnect(address);
  probe?.destroy();
  if (pid === undefined || !probe) return;
  process.kill(pid, 'SIGTERM');
  const deadline = Date.now() + stopTimeoutMs;
  while (isAlive(pid)) {
    if (Date.now() > deadline) throw new Error(`The embedded database (process ${pid}) does not end.`);
    await sleep(pollMs);
  }
}
