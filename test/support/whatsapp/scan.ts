import { createHmac } from 'node:crypto';
import { Curve, proto } from '@whiskeysockets/baileys';
import { ownPhone, type Peer } from './peer.ts';

/** What a phone and the server do when the QR code is scanned: the device is signed for, told so, and asked to come back. */
export async function scan(peer: Peer, qr: string): Promise<void> {
  const [, , identityKey = '', advSecret = ''] = qr.split('#')[1]?.split(',') ?? [];
  const phone = Curve.generateKeyPair();
  const details = proto.ADVDeviceIdentity.encode({ rawId: 1, timestamp: 1, keyIndex: 1 }).finish();
  const signed = Buffer.concat([Buffer.of(6, 0), details, Buffer.from(identityKey, 'base64')]);
  const account = proto.ADVSignedDeviceIdentity.encode({
    details,
    accountSignatureKey: phone.public,
    accountSignature: Curve.sign(phone.private, signed),
  }).finish();
  const hmac = createHmac('sha256', Buffer.from(advSecret, 'base64')).update(account).digest();
  const content = proto.ADVSignedDeviceIdentityHMAC.encode({ details: account, hmac }).finish();
  const device = { jid: `${ownPhone}:7@s.whatsapp.net`, lid: `${ownPhone}:7@lid` };
  const connection = peer.connection();
  await connection.send({
    tag: 'iq',
    attrs: { id: 'paired', type: 'set', from: 's.whatsapp.net' },
    content: [
      {
        tag: 'pair-success',
        attrs: {},
        content: [
          { tag: 'device-identity', attrs: {}, content },
          { tag: 'device', attrs: device },
          { tag: 'platform', attrs: { name: 'android' } },
        ],
      },
    ],
  });
  await signedBack(peer);
  await connection.send({ tag: 'stream:error', attrs: { code: '515' }, content: [] });
  connection.close();
}

/** The client signs for itself, too. */
async function signedBack(peer: Peer): Promise<void> {
  while (!peer.nodes.some(({ attrs, content }) => attrs.id === 'paired' && Array.isArray(content))) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
