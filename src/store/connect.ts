import mongoose from 'mongoose';
import type { Logger } from 'pino';
import { Failure } from '../domain/failure.ts';
import { type Engine, ensureEngine } from './engine/embedded-engine.ts';

export interface StoreOptions {
  /** A server of one's own; without it MongoDB's own engine runs on `dataDir`. */
  mongodbUri?: string | undefined;
  dataDir: string;
  runtimeDir: string;
  log: Logger;
}

/** An open database. Disposing closes the connection, and lets go of the embedded engine, which ends when nobody else holds it. */
export interface Store extends AsyncDisposable {
  /** Its operations throw driver errors while the database is away, after at most `serverSelectionTimeoutMS`; see `withDatabaseRetry`. */
  readonly connection: mongoose.Connection;
  /**
   * The embedded engine is a standalone server: no sessions, no transactions, no change streams, no TTL monitor.
   * Undefined on a server of one's own.
   */
  readonly engine: Engine | undefined;
}

const timeLimits = {
  serverSelectionTimeoutMS: 5_000,
  connectTimeoutMS: 5_000,
  waitQueueTimeoutMS: 10_000,
  // Longer than any query here should take; an index built on a big collection is the slowest.
  socketTimeoutMS: 60_000,
} as const;

/**
 * Connects to the server of `mongodbUri`, or to the embedded engine of `dataDir`, starting it when needed.
 * A write is acknowledged when it is in the journal. Throws Failure `database-unavailable`.
 */
export async function connectStore({ mongodbUri, ...embedded }: StoreOptions): Promise<Store> {
  if (mongodbUri) return { ...closing(await connectServer(mongodbUri)), engine: undefined };
  const engine = await ensureEngine(embedded).catch((cause: unknown) => {
    throw unavailable(`en DATA_DIR · in DATA_DIR (${embedded.dataDir})`, cause);
  });
  try {
    const connection = await open(engine.uri, {
      ...timeLimits,
      retryWrites: false,
      writeConcern: { w: 1, journal: true },
    });
    return { ...closing(connection, engine), engine };
  } catch (error) {
    await engine[Symbol.asyncDispose]();
    throw error;
  }
}

function closing(connection: mongoose.Connection, engine?: Engine) {
  return {
    connection,
    [Symbol.asyncDispose]: async () => {
      await connection.close();
      await engine?.[Symbol.asyncDispose]();
    },
  };
}

/** What the address itself says wins over our defaults. On a replica set an acknowledged write must outlive the primary. */
function connectServer(uri: string): Promise<mongoose.Connection> {
  const said = new Set(Array.from(uri.matchAll(/[?&](\w+)=/g), ([, name]) => name?.toLowerCase()));
  const limits = Object.entries(timeLimits).filter(([name]) => !said.has(name.toLowerCase()));
  const saysConcern = said.has('w') || said.has('journal');
  const saysDatabase = /^[^/]+\/\/[^/?]+\/[^?]/.test(uri);
  return open(uri, {
    ...Object.fromEntries(limits),
    ...(saysConcern ? {} : { writeConcern: { w: 'majority', journal: true } }),
    ...(saysDatabase ? {} : { dbName: 'recibot' }),
  });
}

async function open(uri: string, options: mongoose.ConnectOptions): Promise<mongoose.Connection> {
  const connection = mongoose.createConnection(uri, { bufferCommands: false, ...options });
  try {
    return await connection.asPromise();
  } catch (cause) {
    await connection.destroy().catch(() => undefined);
    // The address may hold a password, so it is not part of the message; the driver's own words name the host.
    throw unavailable('de MONGODB_URI · of MONGODB_URI', cause);
  }
}

/** The person who starts Recibot reads it. */
function unavailable(which: string, cause: unknown): Failure {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message = `No se puede abrir la base de datos · Cannot open the database ${which}: ${reason}`;
  return new Failure('database-unavailable', 'retry', message, { cause });
}
