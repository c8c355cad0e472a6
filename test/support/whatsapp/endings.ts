import type { BinaryNode } from '@whiskeysockets/baileys';
import type { Peer } from './peer.ts';

/** What the server says before it hangs up, for a close code. */
export async function endWith(peer: Peer, code: number): Promise<void> {
  const connection = peer.connection();
  await connection.send(wordsFor(code)).catch(() => undefined); // The client may hang up first.
  connection.close();
}

function wordsFor(code: number): BinaryNode {
  if (code === 440) return streamError(code, { tag: 'conflict', attrs: { type: 'replaced' } });
  if (code === 401) return streamError(code, { tag: 'conflict', attrs: { type: 'device_removed' } });
  if (code === 515 || code === 503) return { tag: 'stream:error', attrs: { code: String(code) }, content: [] };
  return { tag: 'failure', attrs: { reason: String(code), location: 'atn' } };
}

function streamError(code: number, reason: BinaryNode): BinaryNode {
  return { tag: 'stream:error', attrs: { code: String(code) }, content: [reason] };
}

/** Whoever wants to be linked gets something to scan; whoever is linked is let in. */
export function askToScan(peer: Peer): void {
  peer.rules.onHello = async ({ user }, connection) => {
    if (user !== null) return false;
    const refs = ['2@first', '2@second'].map((ref) => ({ tag: 'ref', attrs: {}, content: Buffer.from(ref) }));
    const content = [{ tag: 'pair-device', attrs: {}, content: refs }];
    await connection.send({ tag: 'iq', attrs: { id: 'pair', type: 'set', from: 's.whatsapp.net' }, content });
    return true;
  };
}
