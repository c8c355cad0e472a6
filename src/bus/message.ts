import { Failure } from '../domain/failure.ts';
import { Message, maxMessageBytes, Payload } from './bus.ts';

/** Checks what a publisher hands in; throws what `Bus.publish` documents. */
export function checkMessage(message: Message): Message {
  const parsed = Message.safeParse(message);
  if (!parsed.success) {
    throw new Failure('invalid-request', 'dead-letter', `malformed message: ${parsed.error.message}`);
  }
  const sizeBytes = Buffer.byteLength(JSON.stringify(parsed.data));
  if (sizeBytes > maxMessageBytes) {
    throw new Failure(
      'too-large',
      'dead-letter',
      `message of ${sizeBytes} bytes, at most ${maxMessageBytes} are taken`,
    );
  }
  return parsed.data;
}

/** Reads a kept payload; null when it is not one of ours. */
export function parsePayload(json: string): Payload | null {
  try {
    return Payload.parse(JSON.parse(json));
  } catch {
    return null;
  }
}
