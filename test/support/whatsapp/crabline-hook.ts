import { registerHooks } from 'node:module';

/** The part of @openclaw/crabline (0.1.27) that speaks WhatsApp Web; its package exports no more than the whole. */
const server = '/crabline/dist/src/servers/whatsapp-baileys-websocket.js';
const codec = '/crabline/dist/src/servers/whatsapp-wire/binary-node.js';

/** crabline's own codec knows only part of WhatsApp's table of words and closes the connection over the rest. */
const clientsCodec = `
import { decodeBinaryNode as decode, encodeBinaryNode as encode } from '@whiskeysockets/baileys';
export const S_WHATSAPP_NET = '@s.whatsapp.net';
export const decodeBinaryNode = (bytes) => decode(Buffer.from(bytes));
export const encodeBinaryNode = (node) => encode(node);`;

/** What is put into crabline so that a test has its say: raw nodes in, nodes out, who is let in. */
const insertions: readonly (readonly [at: string, put: string])[] = [
  ['function createInboundMessageNode(message) {', 'if (message.node) return message.node;'],
  ['async #handleNode(node) {', 'if (await this.params.peer.onNode(node, this.connection)) return;'],
  [
    'this.#noise.finishClientHandshake(frame);',
    'if (await this.params.peer.onHello(this.#noise.clientPayload, this.connection)) { this.#handshakeState = "open"; continue; }',
  ],
  [
    'class WhatsAppBaileysWebSocketSession {',
    'connection = { send: (node) => this.#sendNode(node), close: (code) => this.socket.close(code), drop: () => this.socket.terminate(), open: () => this.params.onOpen(this) };',
  ],
];
const replacements: readonly (readonly [from: string, to: string])[] = [
  ['this.#decrypt(finish.payload);', 'this.clientPayload = this.#decrypt(finish.payload);'],
  [
    'appendEvent: params.appendEvent,\n            onOpen',
    'appendEvent: params.appendEvent, peer: params.peer,\n            onOpen',
  ],
];

/** Changes crabline as it is loaded; nothing on disk changes. To be called before it is imported. */
export function hookCrabline(): void {
  registerHooks({
    load(url, context, next) {
      if (url.endsWith(codec)) return { format: 'module', shortCircuit: true, source: clientsCodec };
      const loaded = next(url, context);
      if (!url.endsWith(server)) return loaded;
      return { ...loaded, source: changed(String(loaded.source)) };
    },
  });
}

function changed(source: string): string {
  const inserted = insertions.reduce((text, [at, put]) => swap(text, at, `${at} ${put}`), source);
  return replacements.reduce((text, [from, to]) => swap(text, from, to), inserted);
}

function swap(text: string, from: string, to: string): string {
  if (text.split(from).length !== 2) throw new Error(`crabline has changed: ${from}`);
  return text.replace(from, () => to);
}
