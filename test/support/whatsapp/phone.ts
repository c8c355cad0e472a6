import { randomBytes } from 'node:crypto';
import {
  addTransactionCapability,
  type BinaryNode,
  DEFAULT_CONNECTION_CONFIG,
  encodeWAMessage,
  initAuthCreds,
  type proto,
  type SignalDataSet,
  type SignalDataTypeMap,
} from '@whiskeysockets/baileys';
import { createBaileysLog } from '../../../src/channels/whatsapp/baileys-log.ts';
import { quiet } from '../store.ts';
import { ownPhone, type Peer } from './peer.ts';

const us = `${ownPhone}@s.whatsapp.net`;

/** A phone that encrypts for us as WhatsApp's own does (Signal), with the keys that we have uploaded to the server. */
export async function aPhone(peer: Peer, jid = '5491122223333@s.whatsapp.net') {
  const uploaded = Promise.withResolvers<BinaryNode>();
  const before = peer.rules.onNode;
  peer.rules.onNode = async (node, connection) => {
    const [child] = childrenOf(node);
    if (node.attrs.xmlns === 'encrypt' && node.attrs.type === 'set') uploaded.resolve(node);
    if (node.attrs.xmlns !== 'encrypt' || child?.tag !== 'count') return before(node, connection);
    // The server has few keys of ours left: we bring it new ones.
    const { id = '' } = node.attrs;
    const content = [{ tag: 'count', attrs: { value: '1' } }];
    await connection.send({ tag: 'iq', attrs: { id, type: 'result', from: 's.whatsapp.net' }, content });
    return true;
  };
  const log = createBaileysLog(quiet);
  const creds = { ...initAuthCreds(), me: { id: jid, name: 'Ana' } };
  const keys = addTransactionCapability(inMemory(), log, { maxCommitRetries: 1, delayBetweenTriesMs: 1 });
  const signal = DEFAULT_CONNECTION_CONFIG.makeSignalRepository({ creds, keys }, log);
  let hasSession = false;

  async function begin(): Promise<void> {
    if (hasSession) return;
    hasSession = true;
    await signal.injectE2ESession({ jid: us, session: sessionOf(await uploaded.promise) });
  }

  return {
    /** A message as the server would bring it; may be brought more than once. */
    encrypted: async (
      message: proto.IMessage,
      id = randomBytes(10).toString('hex').toUpperCase(),
    ): Promise<BinaryNode> => {
      await begin();
      const { type, ciphertext } = await signal.encryptMessage({ jid: us, data: encodeWAMessage(message) });
      const t = String(Math.floor(Date.now() / 1000));
      const enc = { tag: 'enc', attrs: { v: '2', type }, content: ciphertext };
      return { tag: 'message', attrs: { from: jid, id, t, type: 'text', notify: 'Ana' }, content: [enc] };
    },
  };
}

function sessionOf(upload: BinaryNode) {
  const parts = new Map(childrenOf(upload).map((part) => [part.tag, part]));
  const bytes = (node: BinaryNode | undefined): Uint8Array =>
    node?.content instanceof Uint8Array ? node.content : new Uint8Array();
  const inside = (node: BinaryNode | undefined, tag: string) =>
    bytes(node && childrenOf(node).find((one) => one.tag === tag));
  const number = (of: Uint8Array) => Number.parseInt(Buffer.from(of).toString('hex') || '0', 16);
  const [preKey] = childrenOf(parts.get('list') ?? upload);
  const signed = parts.get('skey');
  const publicKey = (of: Uint8Array) => Buffer.concat([Buffer.of(5), of]);
  return {
    registrationId: number(bytes(parts.get('registration'))),
    identityKey: publicKey(bytes(parts.get('identity'))),
    signedPreKey: {
      keyId: number(inside(signed, 'id')),
      publicKey: publicKey(inside(signed, 'value')),
      signature: inside(signed, 'signature'),
    },
    preKey: { keyId: number(inside(preKey, 'id')), publicKey: publicKey(inside(preKey, 'value')) },
  };
}

function childrenOf({ content }: BinaryNode): BinaryNode[] {
  return Array.isArray(content) ? content : [];
}

function inMemory() {
  const kept = new Map<string, unknown>();
  return {
    get: <T extends keyof SignalDataTypeMap>(type: T, ids: string[]) => {
      const found = ids.flatMap((id) => (kept.has(`${type}${id}`) ? [[id, kept.get(`${type}${id}`)] as const] : []));
      return Object.fromEntries(found) as Record<string, SignalDataTypeMap[T]>; // put there by `set`, under its type
    },
    set: (data: SignalDataSet) => {
      for (const [type, values] of Object.entries(data)) {
        for (const [id, value] of Object.entries(values)) {
          if (value === null) kept.delete(`${type}${id}`);
          else kept.set(`${type}${id}`, value);
        }
      }
    },
  };
}
