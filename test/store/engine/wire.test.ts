import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { serveConnection, wireMessages } from '../../../src/store/engine/wire.ts';

function aMessage(body: Uint8Array): Buffer {
  const message = Buffer.alloc(16 + body.length);
  message.writeInt32LE(message.length, 0);
  message.set(body, 16);
  return message;
}

async function* cutAt(bytes: Buffer, places: number[]): AsyncGenerator<Buffer> {
  const cuts = [0, ...places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  for (const [index, from] of cuts.slice(0, -1).entries()) yield bytes.subarray(from, cuts[index + 1]);
}

async function collect(messages: AsyncIterable<Buffer>): Promise<Buffer[]> {
  const collected: Buffer[] = [];
  for await (const message of messages) collected.push(message);
  return collected;
}

test('messages come out whole however the stream is cut', async () => {
  const bodies = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(bodies, fc.array(fc.nat(), { maxLength: 12 }), async (sent, places) => {
      const messages = sent.map(aMessage);

      const received = await collect(wireMessages(cutAt(Buffer.concat(messages), places)));

      assert.deepEqual(received, messages);
    }),
  );
});

test('a length that no message can have ends the stream', async () => {
  for (const lengthBytes of [-1, 0, 15, 48_000_001]) {
    const message = aMessage(new Uint8Array(4));
    message.writeInt32LE(lengthBytes, 0);

    const reading = collect(wireMessages(cutAt(message, [])));

    await assert.rejects(reading, /impossible wire message/);
  }
});

/** A client whose other end is served by `serveConnection` with `roundTrip`. */
async function aClient(t: TestContext, roundTrip: Parameters<typeof serveConnection>[1]): Promise<Socket> {
  const server = createServer((socket) => void serveConnection(socket, roundTrip).catch(() => undefined));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // listening on TCP, so neither text nor null
  const client = connect(port, '127.0.0.1');
  t.after(() => {
    client.destroy();
    server.close();
  });
  return client;
}

test('an answer is framed as OP_MSG, or as OP_REPLY when the question was the older kind', async (t) => {
  const response = Buffer.from('document');
  const client = await aClient(t, async (message) => {
    return { requestId: 7, moreToCome: false, legacy: message[16] === 1, response };
  });

  client.write(aMessage(Uint8Array.of(0)));
  const reply = await nextMessage(client);
  client.write(aMessage(Uint8Array.of(1)));
  const legacyReply = await nextMessage(client);

  assert.deepEqual([reply.readInt32LE(4), reply.readInt32LE(8), reply.readInt32LE(12)], [1, 7, 2013]);
  assert.equal(reply.subarray(21).toString(), 'document');
  assert.deepEqual([legacyReply.readInt32LE(4), legacyReply.readInt32LE(12), legacyReply.readInt32LE(32)], [2, 1, 1]);
  assert.equal(legacyReply.subarray(36).toString(), 'document');
});

test('a message that wants no answer gets none', async (t) => {
  const client = await aClient(t, async (message) => {
    return { requestId: message[16] ?? 0, moreToCome: message[16] === 1, legacy: false, response: Buffer.alloc(0) };
  });

  client.write(Buffer.concat([aMessage(Uint8Array.of(1)), aMessage(Uint8Array.of(2))]));
  const first = await nextMessage(client);

  assert.equal(first.readInt32LE(8), 2);
});

test('a connection whose question fails is closed, so that the driver sees a network error', async (t) => {
  const client = await aClient(t, async () => {
    throw new Error('engine is closed');
  });

  client.write(aMessage(new Uint8Array(1)));
  client.resume();
  const [hadError] = await once(client, 'close');

  assert.equal(hadError, false);
});

async function nextMessage(client: Socket): Promise<Buffer> {
  for await (const message of wireMessages(client.iterator({ destroyOnReturn: false }))) return message;
  throw new Error('connection ended without an answer');
}
