import type { WASocket } from '@whiskeysockets/baileys';
import type { Logger } from 'pino';
import type { Clock } from '../../domain/clock.ts';
import { Failure } from '../../domain/failure.ts';
import type { ChatAddresses } from '../../store/chat-addresses.ts';
import type { ChatOutbox, OutboxEntry } from '../../store/chat-outbox.ts';
import type { Pace } from '../pace.ts';
import type { Acknowledgement, Acknowledgements } from './acknowledgements.ts';
import type { Line } from './line.ts';
import { sendContent } from './send-content.ts';
import { here } from './settings.ts';
import { withinTime } from './within-time.ts';

/** How long the server may take to say that it has a message (an upload comes before that). */
const ackTimeoutMs = 15_000;
const sendTimeoutMs = 60_000;
const slots = 4;
/** A claim of a process that died is free again after this; longer than one message may take. */
const leaseMs = sendTimeoutMs + ackTimeoutMs + 15_000;
const idleMs = 1_000;
const maxPauseMs = 60_000;
/** A refusal that comes so often is meant. */
const maxRefusals = 5;
/** So many messages in a row to which the server says nothing: the connection is deaf. */
const maxSilences = 3;

/** Said once, a repetition makes it worse: the account may not begin chats (463, 475), or WhatsApp will never take this stanza (479). */
const finalRefusals = new Set(['463', '475', '479']);

export interface SenderDeps {
  outbox: ChatOutbox;
  addresses: Pick<ChatAddresses, 'addressOf'>;
  line: Line;
  acknowledgements: Acknowledgements;
  pace: Pace;
  /** The connection takes messages and says nothing. */
  onDeaf(): void;
  clock: Clock;
  log: Logger;
}

/** Works off the outbox while there is an open connection, each chat in its order. Done is what the server has acknowledged. */
export function createSender(deps: SenderDeps) {
  const { outbox, addresses, line, acknowledgements, pace, clock, log } = deps;
  const inHand = new Map<string, Promise<void>>();
  let bell = Promise.withResolvers<void>();
  let silences = 0;

  async function run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await line.opened(signal);
      const rung = bell.promise;
      const entry = inHand.size < slots && line.current() && !signal.aborted ? await claim() : null;
      if (entry) start(entry);
      else if (!signal.aborted) await Promise.race([rung, clock.sleep(idleMs, signal).catch(() => undefined)]);
    }
    await Promise.all(inHand.values());
  }

  async function claim(): Promise<OutboxEntry | null> {
    const now = clock.now();
    const until = new Date(now.getTime() + leaseMs);
    try {
      return await outbox.claim({ ...here, now, until, exceptChats: [...inHand.keys()] });
    } catch (error) {
      log.warn({ err: error }, 'the outbox cannot be read; it is tried again');
      await clock.sleep(idleMs);
      return null;
    }
  }

  function start(entry: OutboxEntry): void {
    const done = deliver(entry)
      .catch((error: unknown) => log.warn({ err: error }, 'a message waits for its next turn'))
      .finally(() => {
        inHand.delete(entry.chat);
        ring();
      });
    inHand.set(entry.chat, done);
  }

  async function deliver(entry: OutboxEntry): Promise<void> {
    if (entry.expiresAt < clock.now()) return outbox.finish(entry, 'expired');
    const address = await addresses.addressOf(here, entry.chat);
    if (address === null) return outbox.finish(entry, 'nobody wrote in this chat');
    await pace.turn(entry.chat);
    const socket = line.current();
    if (!socket) return postpone(entry);
    using awaited = acknowledgements.expect(entry.messageId);
    const sending = withinTime(send(socket, address, entry), sendTimeoutMs).then(() => awaited.within(ackTimeoutMs));
    try {
      await judge(entry, await Promise.race([sending, awaited.said]));
    } catch (error) {
      // A picture that cannot be uploaded, a session that cannot be made, a connection that broke.
      await setAside(entry, `not sent: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      sending.catch(() => undefined);
    }
  }

  async function send(socket: WASocket, address: string, entry: OutboxEntry): Promise<void> {
    await outbox.noteSent(entry, await sendContent(socket, address, entry));
  }

  async function judge(entry: OutboxEntry, said: Acknowledgement): Promise<void> {
    if (said.kind !== 'silent') silences = 0;
    if (said.kind === 'acknowledged') return outbox.finish(entry, 'acknowledged');
    if (said.kind === 'error') {
      const isOver = finalRefusals.has(said.code) || entry.attempts >= maxRefusals;
      log.error({ code: said.code, attempts: entry.attempts }, 'WhatsApp refused a message');
      return isOver ? outbox.finish(entry, `refused: ${said.code}`) : postpone(entry);
    }
    silences += 1;
    if (line.current() && silences >= maxSilences) {
      silences = 0;
      deps.onDeaf();
    }
    await setAside(entry, 'no word from the server');
  }

  function setAside(entry: OutboxEntry, reason: string): Promise<void> {
    log.warn({ attempts: entry.attempts, reason }, 'a message was not acknowledged; it is sent again');
    return postpone(entry);
  }

  function postpone(entry: OutboxEntry): Promise<void> {
    const pauseMs = Math.min(maxPauseMs, 500 * 2 ** entry.attempts);
    return outbox.postpone(entry, new Date(clock.now().getTime() + pauseMs));
  }

  function ring(): void {
    bell.resolve();
    bell = Promise.withResolvers();
  }

  return {
    run,
    ring,
    /** Resolves with the outcome when the message is done, by whichever process. @throws {Failure} `channel-unavailable` (retry) when that takes longer. */
    settled: async (id: string, timeLimitMs: number): Promise<string> => {
      const until = clock.now().getTime() + timeLimitMs;
      for (let pauseMs = 50; ; pauseMs = Math.min(1_000, pauseMs * 2)) {
        const outcome = (await outbox.get(id))?.outcome ?? null;
        if (outcome !== null) return outcome;
        if (clock.now().getTime() > until)
          throw new Failure('channel-unavailable', 'retry', 'WhatsApp has not acknowledged yet');
        await clock.sleep(pauseMs);
      }
    },
  };
}

export type Sender = ReturnType<typeof createSender>;
