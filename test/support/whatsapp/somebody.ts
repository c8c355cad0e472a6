import { randomBytes } from 'node:crypto';
import { type BinaryNode, proto } from '@whiskeysockets/baileys';
import type { MediaHost } from './media-host.ts';
import type { Peer } from './peer.ts';

export interface SentAs {
  id?: string;
  /** Kept by the server while we were away. */
  isOffline?: boolean;
  /** In a group. */
  group?: string;
  /** Other attributes of the stanza, such as `sender_pn`. */
  attrs?: Record<string, string>;
}

/** A person with a phone. */
export function somebody(peer: Peer, media?: MediaHost, { jid = '5491122223333@s.whatsapp.net', name = 'Ana' } = {}) {
  async function says(message: proto.IMessage, options: SentAs = {}): Promise<string> {
    const id = options.id ?? randomBytes(10).toString('hex').toUpperCase();
    await peer.bring(aMessageNode({ jid, name }, id, message, options));
    return id;
  }

  function hostOf(): MediaHost {
    if (!media) throw new Error('this person has no media host');
    return media;
  }

  return {
    jid,
    says,
    text: (text: string, options?: SentAs) => says({ conversation: text }, options),
    photo: async (
      bytes: Uint8Array,
      options?: SentAs & { caption?: string; changes?: proto.Message.IImageMessage },
    ) => {
      const { caption, changes } = options ?? {};
      const file = await hostOf().put(bytes, 'image');
      const imageMessage = { ...file, mimetype: 'image/jpeg', ...(caption ? { caption } : {}), ...changes };
      return says({ imageMessage }, options);
    },
    document: async (
      fileName: string,
      bytes: Uint8Array,
      options?: SentAs & { changes?: proto.Message.IDocumentMessage },
    ) => {
      const file = await hostOf().put(bytes, 'document');
      return says(
        { documentMessage: { ...file, fileName, mimetype: 'application/pdf', ...options?.changes } },
        options,
      );
    },
  };
}

export function aMessageNode(
  { jid, name }: { jid: string; name: string },
  id: string,
  message: proto.IMessage,
  { isOffline = false, group, attrs = {} }: SentAs = {},
): BinaryNode {
  const place = group ? { from: group, participant: jid } : { from: jid };
  const content = proto.Message.encode(proto.Message.fromObject(message)).finish();
  return {
    tag: 'message',
    attrs: {
      ...place,
      ...{ id, notify: name, t: String(Math.floor(Date.now() / 1000)), type: 'text' },
      ...(isOffline ? { offline: '1' } : {}),
      ...attrs,
    },
    content: [{ tag: 'plaintext', attrs: {}, content }],
  };
}
