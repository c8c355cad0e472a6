import type { Envelope, SyncMessage } from 'rabbitmq-client';
import { z } from 'zod';
import { Message, type Priority } from '../bus.ts';
import { parsePayload } from '../message.ts';

/** Header values are the broker's or another program's: what is not as it should be counts as absent. */
const Headers = z.object({
  attempt: z.int().nonnegative().catch(0),
  reason: z.string().catch(''),
  'dead-at': z.coerce.date().catch(new Date(0)),
  'x-delivery-count': z.int().nonnegative().catch(0),
  // RabbitMQ 4 counts there how often a message was taken and came back; the larger of the two is the truth on every version.
  'x-acquired-count': z.int().nonnegative().catch(0),
});

/** What the headers of a message taken from the broker say. */
export interface Received {
  /** Null when the message is none of ours. */
  message: Message | null;
  /** Deliveries that ended in a failure of the handler. */
  failures: number;
  /** Deliveries whose process or connection ended. */
  crashes: number;
  reason: string;
  deadAt: Date;
}

export function toEnvelope({ id }: Pick<Message, 'id'>, headers: Record<string, string | number> = {}): Envelope {
  // Not `application/json`: the client library would parse the body before it has been checked.
  return { messageId: id, contentType: 'application/vnd.recibot', durable: true, mandatory: true, headers };
}

export function toBody(message: Message): Buffer {
  return Buffer.from(JSON.stringify({ priority: message.priority, payload: JSON.stringify(message.payload) }));
}

export function parseReceived(queue: string, received: SyncMessage): Received {
  const headers = Headers.parse(received.headers ?? {});
  return {
    message: parseBody(queue, received),
    failures: headers.attempt,
    crashes: Math.max(headers['x-delivery-count'], headers['x-acquired-count']),
    reason: headers.reason,
    deadAt: headers['dead-at'],
  };
}

const Body = z.object({ priority: Message.shape.priority, payload: z.string() });

function parseBody(queue: string, { messageId, body }: SyncMessage): Message | null {
  try {
    const { priority, payload } = Body.parse(JSON.parse(String(body)));
    return Message.parse({ id: messageId, queue, priority, payload: parsePayload(payload) });
  } catch {
    return null;
  }
}

/** The bytes of a message as they came; the client library has parsed those that call themselves JSON or text. */
export function toRawBody({ body }: SyncMessage): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

/** Stands for a message of another program among the dead letters. */
export function foreign(queue: string, { messageId }: SyncMessage, priority: Priority = 'LOW'): Message {
  return { id: String(messageId ?? 'unknown').slice(0, 200), queue, priority, payload: {} };
}
