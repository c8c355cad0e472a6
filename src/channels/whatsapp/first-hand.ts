import {
  type BinaryNode,
  DEFAULT_CONNECTION_CONFIG,
  decodeMessageNode,
  proto,
  type SocketConfig,
  unpadRandomMax16,
  type WAMessage,
  type WASocket,
} from '@whiskeysockets/baileys';
import type { Logger } from 'pino';
import type { Keep } from './journal.ts';

const batchSize = 200;

export interface FirstHandDeps {
  keep: Keep;
  me(): { id: string; lid: string };
  log: Logger;
}

/**
 * Stands between the connection and Baileys, which tells the server that it has a message before it tells us: here a message is in the
 * journal first. What is encrypted is kept as soon as it is decrypted, inside the transaction that moves the ratchet on, so that a
 * process killed at any point gets it again, readable. What cannot be kept is not handed on, and the server brings it again.
 */
export function createFirstHand({ keep, me, log }: FirstHandDeps) {
  const nodes = new WeakMap<object, BinaryNode>();
  const parts = new WeakMap<BinaryNode, proto.IMessage>();

  async function keepNodes(batch: readonly BinaryNode[]): Promise<void> {
    for (const node of batch)
      for (const { content } of childrenOf(node)) if (isBytes(content)) nodes.set(content, node);
    await keep(batch.flatMap((node) => toMessage(node, plainOf(node)) ?? []));
  }

  /** Null for a stanza that is no message, and for what is between our own devices. */
  function toMessage(node: BinaryNode, message: proto.IMessage | null): WAMessage | null {
    if (node.attrs.category === 'peer') return null;
    try {
      const { id, lid } = me();
      const { fullMessage } = decodeMessageNode(node, id, lid);
      return { ...fullMessage, ...(message ? { message } : {}) };
    } catch {
      return null;
    }
  }

  function plainOf(node: BinaryNode): proto.IMessage | null {
    const plain = childrenOf(node).find(({ tag }) => tag === 'plaintext')?.content;
    return isBytes(plain) ? decode(plain) : null;
  }

  async function keepDecrypted(ciphertext: Uint8Array, plain: Uint8Array): Promise<void> {
    const node = nodes.get(ciphertext);
    const part = decode(unpadded(plain));
    if (!node || !part) return;
    // A first message in a group comes in two parts: the key, and what it opens.
    const message = { ...parts.get(node), ...(part.deviceSentMessage?.message ?? part) };
    parts.set(node, message);
    if (isKeyOnly(message)) return;
    const kept = toMessage(node, message);
    if (kept) await keep([kept], { wasSealed: true });
  }

  const makeSignalRepository: SocketConfig['makeSignalRepository'] = (auth, ...rest) => {
    const inner = DEFAULT_CONNECTION_CONFIG.makeSignalRepository(auth, ...rest);
    const inTransaction = (work: () => Promise<Uint8Array>, key: string) =>
      'transaction' in auth.keys ? auth.keys.transaction(work, key) : work();
    const andKeep = async (ciphertext: Uint8Array, plain: Uint8Array): Promise<Uint8Array> => {
      await keepDecrypted(ciphertext, plain);
      return plain;
    };
    return {
      ...inner,
      decryptMessage: (asked) =>
        inTransaction(async () => andKeep(asked.ciphertext, await inner.decryptMessage(asked)), asked.jid),
      decryptGroupMessage: (asked) =>
        inTransaction(async () => andKeep(asked.msg, await inner.decryptGroupMessage(asked)), asked.group),
    };
  };

  return {
    makeSignalRepository,
    /** Puts itself before Baileys' own listener. `onFailure` ends the connection: nothing more is handed on. */
    standBefore(ws: WASocket['ws'], onFailure: (error: unknown) => void): void {
      const theirs = ws.listeners('CB:message');
      const waiting: BinaryNode[] = [];
      let isWorking = false;
      ws.removeAllListeners('CB:message');
      ws.on('CB:message', (node: BinaryNode) => {
        waiting.push(node);
        if (!isWorking) void handOn();
      });

      async function handOn(): Promise<void> {
        isWorking = true;
        while (waiting.length > 0) {
          const batch = waiting.splice(0, batchSize);
          try {
            await keepNodes(batch);
          } catch (error) {
            log.error({ err: error }, 'messages cannot be kept; the connection is ended so that they come again');
            return onFailure(error);
          }
          for (const node of batch) for (const listener of theirs) listener(node);
        }
        isWorking = false;
      }
    },
  };
}

export type FirstHand = ReturnType<typeof createFirstHand>;

/** What it opens comes next; if nothing does, Baileys tells of it. */
function isKeyOnly(message: proto.IMessage): boolean {
  const { senderKeyDistributionMessage, messageContextInfo: _, ...rest } = message;
  return Boolean(senderKeyDistributionMessage) && !Object.values(rest).some(Boolean);
}

function childrenOf({ content }: BinaryNode): readonly BinaryNode[] {
  return Array.isArray(content) ? content : [];
}

function isBytes(content: unknown): content is Uint8Array {
  return content instanceof Uint8Array;
}

function decode(bytes: Uint8Array | null): proto.IMessage | null {
  try {
    return bytes && proto.Message.decode(bytes);
  } catch {
    return null;
  }
}

function unpadded(plain: Uint8Array): Uint8Array | null {
  try {
    return unpadRandomMax16(plain);
  } catch {
    return null;
  }
}
