import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type BinaryNode, proto } from '@whiskeysockets/baileys';
import type { Ends } from '../store.ts';
import { hookCrabline } from './crabline-hook.ts';

/** One open connection of a client, as the server sees it. */
export interface Connection {
  send(node: BinaryNode): Promise<void>;
  /** Lets it in: it gets what waits for it. */
  open(): void;
  close(code?: number): void;
  /** Breaks off without a word. */
  drop(): void;
}

/** What a client says of itself when it connects. */
export interface Hello {
  /** The phone's user that it logs in as; null: it wants to be linked. */
  user: string | null;
  payload: proto.IClientPayload;
}

/** One message of ours, as it was sent. */
export interface Sent {
  to: string;
  id: string;
  node: BinaryNode;
  connection: Connection;
  at: number;
}

/** What a test decides in the server's place; each may be replaced at any time. */
export interface Rules {
  /** True: the rule has seen to it, and the client is not let in by crabline. */
  onHello(hello: Hello, connection: Connection): Promise<boolean> | boolean;
  /** True: the rule has seen to it; crabline does nothing. */
  onNode(node: BinaryNode, connection: Connection): Promise<boolean> | boolean;
}

interface Crabline {
  attachWhatsAppBaileysWebSocketServer(params: unknown): {
    close(): Promise<void>;
    prepareInboundMessage(message: unknown): { commit(): Promise<string> } | undefined;
  };
}

export const ownPhone = '5491150000000';
const accessToken = 'test-token';

/**
 * A WhatsApp server on loopback (@openclaw/crabline, hooked): speaks Noise, keeps messages while nobody is connected, decrypts what is
 * sent and acknowledges it. `rules` overrule it.
 */
export async function aPeer(t: Ends) {
  hookCrabline();
  const target = '../../../node_modules/@openclaw/crabline/dist/src/servers/whatsapp-baileys-websocket.js';
  const { attachWhatsAppBaileysWebSocketServer: attach } = (await import(target)) as Crabline; // no types for the part; see `hookCrabline`
  const http = createServer();
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const rules: Rules = { onHello: () => false, onNode: () => false };
  const hellos: Hello[] = [];
  const connections: Connection[] = [];
  const nodes: BinaryNode[] = [];
  const sent: Sent[] = [];
  const texts: { to: string; id: string; text: string }[] = [];
  const peer = {
    onHello: async (payload: Uint8Array, connection: Connection) => {
      const hello = proto.ClientPayload.decode(payload);
      connections.push(connection);
      hellos.push({ user: hello.username ? String(hello.username) : null, payload: hello });
      const last = hellos.at(-1);
      return last ? rules.onHello(last, connection) : false;
    },
    onNode: async (node: BinaryNode, connection: Connection) => {
      nodes.push(node);
      const { to = '', id = '' } = node.attrs;
      if (node.tag === 'message') sent.push({ to, id, node, connection, at: performance.now() });
      return rules.onNode(node, connection);
    },
  };
  const server = attach({
    ...{ httpServer: http, accessToken, path: '/ws/chat', selfJid: `${ownPhone}@s.whatsapp.net`, peer },
    maxPendingInboundMessages: 20_000,
    appendEvent: async ({ accepted, body }: { accepted?: boolean; body: unknown }) => {
      const text = accepted ? textOf(body) : null;
      if (text) texts.push(text);
    },
  });
  t.after(async () => {
    for (const connection of connections) connection.drop();
    await server.close().catch(() => undefined); // What a test broke off is broken off.
    http.closeAllConnections();
    http.close();
  });

  return {
    url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}/ws/chat?access_token=${accessToken}`, // of a TCP server
    ...{ rules, hellos, connections, nodes, sent, texts },
    /** Brings a node to the client, as soon as one is connected. */
    bring: async (node: BinaryNode): Promise<void> => {
      await server.prepareInboundMessage({ node })?.commit();
    },
    /** The connection of now. */
    connection: (): Connection => {
      const last = connections.at(-1);
      if (!last) throw new Error('nobody is connected');
      return last;
    },
    /** Receipts that the client has sent for a message, by type. */
    receipts: (id: string): string[] =>
      nodes
        .filter(({ tag, attrs }) => tag === 'receipt' && attrs.id === id)
        .map(({ attrs }) => attrs.type ?? 'delivery'),
  };
}

export type Peer = Awaited<ReturnType<typeof aPeer>>;

/** crabline tells of texts that it could decrypt. */
function textOf(body: unknown): { to: string; id: string; text: string } | null {
  if (typeof body !== 'object' || body === null || !('message' in body) || !('key' in body)) return null;
  const { key, message } = body as { key: { remoteJid: string; id: string }; message: { conversation: string } }; // crabline's own form
  return { to: key.remoteJid, id: key.id, text: message.conversation };
}
