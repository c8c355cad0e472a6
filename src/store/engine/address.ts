import { createHash } from 'node:crypto';
import { chmod, lstat, mkdir, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where the one engine of a data directory keeps its files and is reached. */
export interface EngineAddress {
  /** MongoDB's own files; its `mongod.lock` in there is what makes the engine the only one. */
  databaseDir: string;
  socketPath: string;
  /** Process id of the engine, as text; true whenever the socket answers. */
  pidPath: string;
  logPath: string;
  /** Stays the same over restarts of the engine, so that a driver reconnects by itself. */
  uri: string;
}

/** `sun_path` holds 104 bytes on macOS and 108 on Linux, the closing zero included (unix(4), unix(7)). */
const longestSocketPathBytes = 100;

/** Creates `dataDir` when it is missing, readable by this user only, and says where its engine lives. */
export async function engineAddress(dataDir: string): Promise<EngineAddress> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const home = await realpath(dataDir);
  const socketPath = await socketPathFor(home);
  return {
    databaseDir: join(home, 'db'),
    socketPath,
    pidPath: join(home, 'engine.pid'),
    logPath: join(home, 'engine.log'),
    uri: `mongodb://${encodeURIComponent(socketPath)}/recibot?directConnection=true`,
  };
}

async function socketPathFor(home: string): Promise<string> {
  const inside = join(home, 'engine.sock');
  if (Buffer.byteLength(inside) <= longestSocketPathBytes) return inside;
  const hash = createHash('sha256').update(home).digest('hex').slice(0, 16);
  const folder = join(tmpdir(), `recibot-${hash}`);
  await makePrivate(folder);
  return join(folder, 'engine.sock');
}

/** The temporary folder is everybody's: a folder that another user laid there under our name is refused. */
async function makePrivate(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const found = await lstat(folder);
  if (!found.isDirectory() || found.uid !== process.getuid?.()) {
    throw new Error(
      `${folder} belongs to someone else. Set DATA_DIR to a shorter path (the socket needs ≤ 100 bytes).`,
    );
  }
  await chmod(folder, 0o700);
}
