import { Agent } from 'node:https';
import makeWASocket, {
  type AuthenticationState,
  type BinaryNode,
  type ConnectionState,
  DEFAULT_CONNECTION_CONFIG,
  isJidBroadcast,
  isJidNewsletter,
  jidDecode,
  type proto,
  type WAMessage,
  type WASocket,
} from '@whiskeysockets/baileys';
import type { Logger } from 'pino';
import type { Clock } from '../../domain/clock.ts';
import type { AuthState } from './auth-state.ts';
import { createBaileysLog } from './baileys-log.ts';
import type { Ending } from './endings.ts';
import type { FirstHand } from './first-hand.ts';
import type { WhatsAppSettings } from './settings.ts';

/** How long the server may take to open a connection, and to answer a question. */
const connectTimeoutMs = 20_000;
const queryTimeoutMs = 20_000;
/** A closed connection is torn down when the other side does not close it. */
const closeTimeoutMs = 3_000;

export interface ConnectDeps {
  settings: WhatsAppSettings;
  auth: AuthState;
  firstHand: FirstHand;
  /** A message that a recipient could not decrypt, to be sent again. */
  sentMessage(id: string): Promise<proto.IMessage | undefined>;
  clock: Clock;
  log: Logger;
}

export interface Happenings {
  connecting(socket: WASocket): void;
  /** The payload of a QR code that links this account; a new one comes every 20 to 60 s. */
  qr(payload: string, socket: WASocket): void;
  open(socket: WASocket): void;
  /** Readable messages, as Baileys tells: also those that the phone gave once more. */
  messages(messages: WAMessage[]): void;
  /** Both names mean one person. */
  samePerson(lid: string, phone: string): void;
}

/**
 * Opens one connection and resolves when it has ended, with the reason, and all that there was to save is saved. Aborting the signal
 * ends it; its reason is the ending when it is an `Ending`.
 * @throws {Failure} `secret-unreadable` before connecting.
 */
export function createConnect(deps: ConnectDeps) {
  const { auth, firstHand, log } = deps;

  return async function connect(happenings: Happenings, signal: AbortSignal): Promise<Ending> {
    const state = await auth.load();
    const socket = makeWASocket(socketConfig(deps, state));
    const ended = Promise.withResolvers<Ending>();
    const closed = Promise.withResolvers<void>();
    const end = (ending: Ending) => {
      ended.resolve(ending);
      void shutDown(socket, closed.promise);
    };
    happenings.connecting(socket);
    firstHand.standBefore(socket.ws, () => end({ code: 503, message: 'messages cannot be kept' }));
    const saved = keepCreds(socket, deps, () => end({ code: 503, message: 'the account cannot be saved' }));
    listen(socket, happenings, log, (ending) => {
      ended.resolve(ending);
      closed.resolve();
    });
    socket.ws.on('CB:success', ({ attrs }: BinaryNode) => nameOurselves(socket.authState.creds, attrs.lid));
    const onAbort = () => end(endingOf(signal.reason));
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    const ending = await ended.promise;
    signal.removeEventListener('abort', onAbort);
    await Promise.all([shutDown(socket, closed.promise), saved()]);
    return ending;
  };
}

function socketConfig({ settings, firstHand, sentMessage, log }: ConnectDeps, auth: AuthenticationState) {
  const { clientVersion, wsUrl, uploadHost, ca } = settings;
  return {
    auth,
    logger: createBaileysLog(log),
    version: clientVersion ?? DEFAULT_CONNECTION_CONFIG.version,
    makeSignalRepository: firstHand.makeSignalRepository,
    // Nothing of other people's statuses and channels is for us.
    shouldIgnoreJid: (jid: string) => Boolean(isJidBroadcast(jid) || isJidNewsletter(jid)),
    getMessage: ({ id }: { id?: string | null }) => (id ? sentMessage(id) : Promise.resolve(undefined)),
    ...{ connectTimeoutMs, defaultQueryTimeoutMs: queryTimeoutMs },
    ...{ emitOwnEvents: false, markOnlineOnConnect: false, syncFullHistory: false },
    ...(wsUrl ? { waWebSocketUrl: wsUrl } : {}),
    ...(ca ? { fetchAgent: new Agent({ ca }) } : {}),
    ...(ca && wsUrl?.startsWith('wss:') ? { agent: new Agent({ ca }) } : {}),
    ...(uploadHost ? { customUploadHosts: [{ hostname: uploadHost, maxContentLengthBytes: 100_000_000 }] } : {}),
  };
}

function listen(socket: WASocket, happenings: Happenings, log: Logger, resolve: (ending: Ending) => void): void {
  socket.ev.on('connection.update', ({ connection, qr, lastDisconnect }: Partial<ConnectionState>) => {
    if (qr) happenings.qr(qr, socket);
    if (connection === 'open') happenings.open(socket);
    if (connection === 'close') resolve(endingOf(lastDisconnect?.error));
  });
  socket.ev.on('messages.upsert', ({ messages, type }) => {
    log.debug({ type, messages: messages.length }, 'messages');
    happenings.messages(messages);
  });
  socket.ev.on('lid-mapping.update', ({ lid, pn }) => happenings.samePerson(lid, pn));
}

/** Saves the account whenever something of it has changed, one after the other. The returned function waits for what is under way. */
function keepCreds(socket: WASocket, { auth, log }: ConnectDeps, onFailure: () => void): () => Promise<void> {
  let saving: Promise<void> = Promise.resolve();
  socket.ev.on('creds.update', () => {
    const { creds } = socket.authState;
    saving = saving
      .then(() => auth.saveCreds(creds))
      .catch((error: unknown) => {
        log.error({ err: error }, 'the account cannot be saved');
        onFailure();
      });
  });
  return () => saving;
}

/** A server that lets in without pairing, as gateways and test servers do, only tells our lid; without a name nothing can be received or sent. */
function nameOurselves(creds: WASocket['authState']['creds'], lid: string | undefined): void {
  const user = jidDecode(lid)?.user;
  if (user && lid && !creds.me?.id) creds.me = { ...creds.me, id: `${user}:0@s.whatsapp.net`, lid };
}

/** Baileys drops the listeners of its own questions when it ends a connection: without this word they would wait out their time. */
async function shutDown({ ws }: WASocket, closed: Promise<void>): Promise<void> {
  const tooLong = setTimeout(() => terminate(ws), closeTimeoutMs);
  ws.emit('error', new Error('the connection is given up'));
  await closed;
  clearTimeout(tooLong);
}

/** Baileys waits for the other side to close; one that is gone never does. */
function terminate(ws: WASocket['ws']): void {
  const raw: unknown = Reflect.get(ws, 'socket');
  if (typeof raw !== 'object' || raw === null || !('terminate' in raw)) return;
  if (typeof raw.terminate === 'function') raw.terminate();
}

/** Baileys' errors carry the code as an HTTP status (Boom). */
function endingOf(error: unknown): Ending {
  if (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    'message' in error &&
    typeof error.code === 'number'
  ) {
    return { code: error.code, message: String(error.message) };
  }
  const message = error instanceof Error ? error.message : 'the connection has ended';
  const output = error instanceof Error && 'output' in error ? error.output : null;
  const status =
    typeof output === 'object' && output !== null && 'statusCode' in output ? Number(output.statusCode) : 0;
  return { code: status, message };
}
