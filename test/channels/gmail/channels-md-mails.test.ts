import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aPicture } from '../../support/builders.ts';
import { eventually } from '../../support/eventually.ts';
import { aMail, vouched, withPicture } from '../../support/gmail-mails.ts';
import { ana } from '../../support/gmail-server.ts';
import { aMailWorld } from './a-mail-world.ts';

test('Gmail 5: encoded words, quoted-printable, charsets and continued file names are decoded', async (t) => {
  const world = await aMailWorld(t);
  await world.link();
  await world.channel.start();
  const png = Buffer.from(aPicture()).toString('base64');
  const mail = [
    'From: =?ISO-8859-1?Q?Ferreter=EDa_Nu=F1ez?= <ventas@nunez.example>',
    'To: ana@example.test',
    'Subject: =?UTF-8?B?VHUgZmFjdHVyYSBkZQ==?= =?UTF-8?Q?_Nu=C3=B1oa?=',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=x',
    '',
    '--x',
    'Content-Type: text/plain; charset=iso-8859-1',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    'Adi=F3s=2C y gra=',
    'cias.',
    '--x',
    "Content-Type: image/png; name*0*=UTF-8''recibo%20a%C3%B1o;",
    ' name*1*=%20nuevo.png',
    'Content-Transfer-Encoding: base64',
    '',
    png,
    '--x--',
    '',
  ];

  await world.inbox.receive(mail.join('\r\n'));

  await eventually(world.count, 1);
  const [ticket] = await world.all();
  assert.equal(ticket?.metadata['mailSubject'], 'Tu factura de Nuñoa');
  assert.equal(ticket?.metadata['mailFrom'], 'ventas@nunez.example');
  assert.equal(ticket?.file.name, 'recibo año nuevo.png');
});

test('Gmail 6: a forwarded mail is unwrapped: the documents inside are taken in, and whose mail it was is kept', async (t) => {
  const world = await aMailWorld(t);
  await world.link();
  await world.channel.start();
  const bank = withPicture({ from: 'Banco <avisos@banco.example>', subject: 'Comprobante' });

  await world.inbox.receive(
    aMail({ from: ana, subject: 'Fwd: Comprobante', parts: [{ mime: 'message/rfc822', bytes: bank }] }),
  );

  await eventually(world.count, 1);
  const { metadata = {} } = (await world.all())[0] ?? {};
  assert.equal(metadata['forwardedFrom'], 'avisos@banco.example');
  assert.equal(metadata['forwardedSubject'], 'Comprobante');
  assert.equal(metadata['forwardedVia'], 'attachment');
  assert.equal(metadata['forwardedSender'], 'unverified');
  assert.equal(metadata['mailFrom'], ana);
});

test('Gmail 7: a mail is verified only where the receiving server vouches for the domain of its sender', async (t) => {
  const world = await aMailWorld(t);
  await world.link();
  await world.channel.start();
  const from = 'Banco <avisos@banco.example>';

  await world.inbox.receive(withPicture({ from, subject: 'cierto', top: [vouched('banco.example')] }));
  await world.inbox.receive(withPicture({ from, subject: 'ajeno', top: [vouched('estafa.example')] }));
  await world.inbox.receive(withPicture({ from, subject: 'nada' }));

  await eventually(world.count, 3);
  const found = (await world.all()).map(({ metadata }) => `${metadata['mailSubject']}: ${metadata['mailSender']}`);
  assert.deepEqual(found.sort(), ['ajeno: unverified', 'cierto: verified', 'nada: unverified']);
});
