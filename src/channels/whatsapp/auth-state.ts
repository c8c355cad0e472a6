import {
  type AuthenticationCreds,
  type AuthenticationState,
  BufferJSON,
  initAuthCreds,
  proto,
  type SignalDataSet,
  type SignalDataTypeMap,
} from '@whiskeysockets/baileys';
import type { Clock } from '../../domain/clock.ts';
import { Failure } from '../../domain/failure.ts';
import type { SealedEntries } from '../../store/sealed-entries.ts';
import { account, channelName } from './settings.ts';

const owner = `${channelName}:${account}`;
const credsName = 'creds';
/** Keys remembered so that the database is not asked for each message. */
const maxCached = 5_000;

export interface AuthStateDeps {
  entries: SealedEntries;
  clock: Clock;
  /** A key cannot be opened: nothing may go on. */
  onUnreadable(error: unknown): void;
}

/** The account's identity in the database, encrypted, each part written whole or not at all. */
export function createAuthState({ entries, clock, onUnreadable }: AuthStateDeps) {
  /**
   * A new identity only where there is none at all.
   * @throws {Failure} `secret-unreadable` when what is there cannot be opened, or lacks its main part.
   */
  async function load(): Promise<AuthenticationState> {
    const sealed = (await entries.get(owner, [credsName])).get(credsName);
    if (sealed) return { creds: unfinishedForgotten(parseCreds(sealed)), keys: keyStore() };
    if ((await entries.count(owner)) > 0) throw unreadable('there are keys of an account without the account');
    const creds = initAuthCreds();
    await entries.setFirst(owner, credsName, toText(creds));
    return { creds, keys: keyStore() };
  }

  function keyStore(): AuthenticationState['keys'] {
    const cache = new Map<string, unknown>();

    return {
      get: async <T extends keyof SignalDataTypeMap>(type: T, ids: string[]) => {
        const missing = ids.filter((id) => !cache.has(nameOf(type, id)));
        for (const [name, value] of await read(missing.map((id) => nameOf(type, id)))) remember(name, value);
        const found = ids.flatMap((id) => {
          const value = cache.get(nameOf(type, id));
          return value === undefined || value === null ? [] : [[id, revived(type, value)] as const];
        });
        return Object.fromEntries(found) as Record<string, SignalDataTypeMap[T]>; // only we write these entries, each under its type
      },
      set: async (data: SignalDataSet) => {
        const changes = Object.entries(data).flatMap(([type, values]) =>
          Object.entries(values ?? {}).map(([id, value]) => [nameOf(type, id), value ?? null] as const),
        );
        await entries.set(
          owner,
          new Map(changes.map(([name, value]) => [name, value === null ? null : toText(value)])),
        );
        for (const [name, value] of changes) remember(name, value);
      },
    };

    function remember(name: string, value: unknown): void {
      cache.delete(name);
      cache.set(name, value);
      const [oldest] = cache.keys();
      if (cache.size > maxCached && oldest !== undefined) cache.delete(oldest);
    }
  }

  /** What is not there is remembered as null. */
  async function read(names: readonly string[]): Promise<[string, unknown][]> {
    if (names.length === 0) return [];
    try {
      const found = await entries.get(owner, names);
      return names.map((name) => [name, fromText(found.get(name))]);
    } catch (error) {
      onUnreadable(error);
      throw error;
    }
  }

  return {
    load,
    saveCreds: (creds: AuthenticationCreds) => entries.set(owner, new Map([[credsName, toText(creds)]])),
    /** The phone has ended the link: what is there is kept under another name, and the next `load` begins anew. */
    putAside: () => entries.moveAway(owner, `${owner}:aside:${clock.now().toISOString()}`),
    clear: () => entries.clear(owner),
  };
}

export type AuthState = ReturnType<typeof createAuthState>;

function nameOf(type: string, id: string): string {
  return `${type}:${id}`;
}

function toText(value: unknown): string {
  return JSON.stringify(value, BufferJSON.replacer);
}

function fromText(text: Buffer | undefined): unknown {
  return text === undefined ? null : JSON.parse(text.toString('utf8'), BufferJSON.reviver);
}

function revived<T extends keyof SignalDataTypeMap>(type: T, value: unknown): unknown {
  const isSyncKey = type === 'app-state-sync-key' && typeof value === 'object' && value !== null;
  return isSyncKey ? proto.Message.AppStateSyncKeyData.fromObject(value) : value;
}

function parseCreds(text: Buffer): AuthenticationCreds {
  const creds = fromText(text);
  const isWhole = typeof creds === 'object' && creds !== null && 'noiseKey' in creds && 'signedIdentityKey' in creds;
  if (!isWhole) throw unreadable('the account’s main part is not whole');
  return creds as AuthenticationCreds; // written by `saveCreds` only, and sealed
}

/** A pairing code that nobody typed: its half-made account would be refused as logged out. */
function unfinishedForgotten(creds: AuthenticationCreds): AuthenticationCreds {
  if (creds.account || creds.me?.name !== '~') return creds;
  const { me: _, ...rest } = creds;
  return { ...rest, pairingCode: undefined };
}

function unreadable(why: string): Failure {
  return new Failure('secret-unreadable', 'dead-letter', `the WhatsApp account cannot be read: ${why}`);
}
