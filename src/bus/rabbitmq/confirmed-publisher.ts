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
        await sendOnce(envelope, body);
        return;
      } catch (error) {
        if (signal.aborted) throw error;
        await clock.sleep(waitMs, signal);
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
        throw new Failure('bus-unavailable', 'retry', `RabbitMQ did not confirm the message in ${timeoutMs} ms`);
      },
      () => undefined,
    );
    const sending = sendUntil(envelope, body, late.signal);
    sending.catch(() => undefined);
    try {
      await Promise.race([sending, limit]);
    } finally {
      done.abort();
    }
  }

  return { send, close: () => publisher.close() };
}
