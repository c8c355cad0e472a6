import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** A real broker of one's own, on loopback, with its data in a temporary folder. */
export interface RabbitServer extends AsyncDisposable {
  url: string;
  /** False for the server of TEST_RABBITMQ_URL: it is not ours to kill. */
  isOurs: boolean;
  /** Ends it the hard way (SIGKILL), as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again on the same port and data. */
  start(): Promise<void>;
}

const startTimeoutMs = 90_000;
const stopTimeoutMs = 20_000;

/** The server's own start script; the one in Debian's PATH insists on another user. */
const program = findProgram(['/usr/lib/rabbitmq/bin', ...(process.env['PATH'] ?? '').split(delimiter)]);

/** Why tests on a real RabbitMQ cannot run here; false when they can. */
export const whyNoRabbit: string | false =
  program || process.env['TEST_RABBITMQ_URL']
    ? false
    : 'RabbitMQ is not installed: install the package rabbitmq-server, or set TEST_RABBITMQ_URL to a server for tests';

/** Starts a broker; with TEST_RABBITMQ_URL a shared one is used instead, which cannot be killed. */
export async function startRabbit(): Promise<RabbitServer> {
  const given = process.env['TEST_RABBITMQ_URL'];
  if (given) return { url: given, isOurs: false, kill: refuse, start: refuse, [Symbol.asyncDispose]: async () => {} };
  if (!program) throw new Error(String(whyNoRabbit));
  return ownServer(program);
}

async function ownServer(script: string): Promise<RabbitServer> {
  const home = await mkdtemp(join(tmpdir(), 'recibot-rabbit-'));
  const [port, epmdPort, distPort] = await Promise.all([freePort(), freePort(), freePort()]);
  const env = environment(home, { port, epmdPort, distPort });
  await writeFile(join(home, 'plugins'), '[].\n');
  // Ours from the start, in the foreground, so that it can be stopped by its id; else the server would leave a daemon behind.
  const epmd = spawn('epmd', ['-port', String(epmdPort), '-address', '127.0.0.1'], { env, stdio: 'ignore' });
  let server = await launch(script, env);
  return {
    url: `amqp://guest:guest@127.0.0.1:${port}`,
    isOurs: true,
    kill: async () => {
      process.kill(Number(await readFile(join(home, 'server.pid'), 'utf8')), 'SIGKILL');
      await ended(server);
    },
    start: async () => {
      server = await launch(script, env);
    },
    [Symbol.asyncDispose]: async () => {
      await stop(server, join(home, 'server.pid'));
      epmd.kill('SIGKILL');
      await ended(epmd);
      await rm(home, { recursive: true, force: true });
    },
  };
}

function environment(home: string, ports: { port: number; epmdPort: number; distPort: number }): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    HOME: home,
    ERL_EPMD_PORT: String(ports.epmdPort),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    RABBITMQ_NODENAME: `recibot-${randomBytes(4).toString('hex')}@localhost`,
    RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_NODE_PORT: String(ports.port),
    RABBITMQ_DIST_PORT: String(ports.distPort),
    RABBITMQ_MNESIA_BASE: join(home, 'data'),
    RABBITMQ_LOG_BASE: join(home, 'log'),
    RABBITMQ_LOGS: '-',
    RABBITMQ_PID_FILE: join(home, 'server.pid'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(home, 'plugins'),
    RABBITMQ_CONFIG_FILE: join(home, 'none'),
    RABBITMQ_CONF_ENV_FILE: join(home, 'none'),
    // A killed server is back at once when it waits for nobody; the scheduler does not spin on a machine shared with tests.
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1} +sbwt none',
  };
}

/** Resolves when the server says that it takes connections. */
async function launch(script: string, env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const server = spawn(script, [], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const timer = setTimeout(() => server.kill('SIGTERM'), startTimeoutMs);
  let said = '';
  await new Promise<void>((resolve, reject) => {
    function listen(chunk: Buffer): void {
      said = (said + chunk.toString()).slice(-10_000);
      if (said.includes('Server startup complete')) resolve();
    }
    server.stdout.on('data', listen);
    server.stderr.on('data', listen);
    server.once('error', reject);
    server.once('exit', () => reject(new Error(`RabbitMQ does not start:\n${said}`)));
  });
  clearTimeout(timer);
  return server;
}

/** The start script hands SIGTERM on to the server and waits for it. */
async function stop(server: ChildProcess, pidPath: string): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const pid = Number(await readFile(pidPath, 'utf8'));
  const timer = setTimeout(() => process.kill(pid, 'SIGKILL'), stopTimeoutMs);
  server.kill('SIGTERM');
  await ended(server);
  clearTimeout(timer);
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (!address || typeof address === 'string') throw new Error('no port');
  return address.port;
}

function findProgram(folders: readonly string[]): string | undefined {
  return folders.map((folder) => join(folder, 'rabbitmq-server')).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function refuse(): Promise<never> {
  throw new Error('the server of TEST_RABBITMQ_URL is not ours to kill');
}
