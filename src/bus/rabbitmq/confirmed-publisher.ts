import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Connection, Envelope, Publisher } from 'rabbitmq-client';
import type { Clock } from '../../domain/clock.ts';
import { Failure } from '../../domain/failure.ts';

export interface ConfirmedPublisher {
  /** Resolves when the broker has the message in a queue on disk; throws Failure `bus-unavailable` when it has not in time. */
  send(envelope: Envelope, body: Buffer): Promise<void>;
  close(): Promise<void>;
}

/** First and longest wait between two tries, in ms. */
const pauseMs = { first: 50, longest: 1_000 };

export function createConfirmedPublisher(connection: Connection, clock: Clock, timeoutMs: number): ConfirmedPublisher {
  const publisher: Publisher = connection.createPublisher({ confirm: true });
  const returned = new Set<string>();
  let isClosed = false;
  publisher.on('basic.return', ({ messageId }) => returned.add(messageId ?? ''));

  async function sendOnce(envelope: Envelope, body: Buffer): Promise<void> {
    await publisher.send(envelope, body);
    // A message that no queue took is confirmed too; the broker's word on that is handed out one turn later.
    await nextTurn();
    if (returned.delete(envelope.messageId ?? '')) throw new Error(`no queue for ${envelope.routingKey}`);
  }

  async function sendUntil(envelope: Envelope, body: Buffer, signal: AbortSignal): Promise<void> {
    for (let waitMs = pauseMs.first; ; waitMs = Math.min(waitMs * 2, pauseMs.longest)) {
      try {
        return await sendOnce(envelope, body);
      } catch (cause) {
        // The wait ends early when the time is up; then the failure of the broker is told, not the end of the wait.
        if (!signal.aborted && !isClosed) await clock.sleep(waitMs, signal).catch(() => undefined);
        if (signal.aborted || isClosed) throw unconfirmed(cause);
      }
    }
  }

  /** A broker short of memory or disk neither confirms nor refuses, so the wait itself is bounded too. */
  async function send(envelope: Envelope, body: Buffer): Promise<void> {
    const done = new AbortController();
    const late = new AbortController();
    const limit = clock.sleep(timeoutMs, done.signal).then(
      () => {
        late.abort();
        // Leaves the last word to the attempt that was under way, if it has one.
        return nextTurn().then(() => Promise.reject(unconfirmed()));
      },
      () => undefined,
    );
    const sending = sendUntil(envelope, body, late.signal);
    try {
      await Promise.race([sending, limit]);
    } finally {
      done.abort();
    }
  }

  async function close(): Promise<void> {
    isClosed = true;
    await publisher.close();
  }

  return { send, close };
}

function unconfirmed(cause?: unknown): Failure {
  return new Failure('bus-unavailable', 'retry', 'RabbitMQ did not confirm the message in time', { cause });
}
