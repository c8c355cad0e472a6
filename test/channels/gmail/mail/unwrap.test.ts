import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseMail } from '../../../../src/channels/gmail/mail/parse-mail.ts';
import { unwrap } from '../../../../src/channels/gmail/mail/unwrap.ts';
import { aPicture } from '../../../support/builders.ts';
import { aMail, type Part } from '../../../support/gmail-mails.ts';

const picture = (content: string): Part => ({ name: `${content}.png`, mime: 'image/png', bytes: aPicture(content) });

/** A mail inside a mail inside …, with a picture in the innermost. */
function chain(depth: number): Buffer {
  let mail = aMail({ from: 'origen@banco.example', subject: 'original', parts: [picture('dentro')] });
  for (let level = 0; level < depth; level += 1) {
    mail = aMail({ from: `p${level}@example.test`, subject: 'Fwd', parts: [{ mime: 'message/rfc822', bytes: mail }] });
  }
  return mail;
}

async function unwrapped(mail: Uint8Array, maxDocuments = 25) {
  return unwrap(await parseMail(mail), maxDocuments);
}

test('a chain of forwarded mails five deep gives the document and whose mail it was', async () => {
  const { documents, origin } = await unwrapped(chain(5));

  assert.deepEqual(
    documents.map(({ name }) => name),
    ['dentro.png'],
  );
  assert.equal(origin?.depth, 5);
  assert.equal(origin?.from, 'origen@banco.example');
  assert.deepEqual(documents[0]?.origin, origin);
});

test('a chain without end is left at ten, and that something was left is told', async () => {
  const { documents, unopened } = await unwrapped(chain(15));

  assert.deepEqual(documents, []);
  assert.equal(unopened, 1);
});

test('a mail of sixty documents gives as many as are taken, and how many are left', async () => {
  const parts = Array.from({ length: 60 }, (_, number) => picture(`n${number}`));

  const { documents, leftOut } = await unwrapped(aMail({ parts }));

  assert.equal(documents.length, 25);
  assert.equal(leftOut, 35);
});

test('the same bytes twice in a mail, also in one that was forwarded in it, are one document', async () => {
  const inner = aMail({ parts: [picture('igual')] });

  const { documents } = await unwrapped(
    aMail({ parts: [picture('igual'), picture('igual'), { mime: 'message/rfc822', bytes: inner }] }),
  );

  assert.equal(documents.length, 1);
});

test('logos in the text, calendars and letters in Word are no documents; big pictures in the text are', async () => {
  const inText = { mime: 'image/png', disposition: 'inline', id: 'x' };
  const parts: Part[] = [
    { ...inText, name: 'logo.png', bytes: aPicture('logo') },
    { ...inText, name: 'recibo.png', bytes: Buffer.concat([aPicture('foto'), Buffer.alloc(60_000, 1)]) },
    { name: 'cita.ics', mime: 'text/calendar', bytes: 'BEGIN:VCALENDAR' },
    { name: 'carta.docx', mime: 'application/octet-stream', bytes: 'PK' },
    { name: 'factura.xml', mime: 'application/octet-stream', bytes: '<x/>' },
    { name: 'vacio.pdf', mime: 'application/pdf', bytes: '' },
  ];

  const { documents } = await unwrapped(aMail({ html: '<img src="cid:x">', parts }));

  assert.deepEqual(
    documents.map(({ name }) => name),
    ['recibo.png', 'factura.xml'],
  );
});

test('a mail that is forwarded as a file with the name .eml is opened', async () => {
  const eml = { name: 'correo.eml', mime: 'application/octet-stream', bytes: aMail({ parts: [picture('a')] }) };

  const { documents } = await unwrapped(aMail({ parts: [eml] }));

  assert.equal(documents.length, 1);
});

test('what is quoted in a mail of HTML only is found as well', async () => {
  const html =
    '<div>---------- Forwarded message ---------<br>De: <b>B</b> &lt;avisos@banco.example&gt;<br>Date: hoy<br>Subject: Pago<br></div>';

  const { documents, origin } = await unwrapped(aMail({ subject: 'Fwd: Pago', html, parts: [picture('z')] }));

  assert.equal(origin?.from, 'avisos@banco.example');
  assert.equal(documents[0]?.origin?.via, 'quote');
});

test('parts nested beyond measure, endless headers and no mail at all are damaged, not a crash', async () => {
  const nested = Array.from(
    { length: 500 },
    (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`,
  ).join('');
  const headers = Buffer.from(`X: ${'a'.repeat(3_000_000)}\r\n\r\nhola`);

  await assert.rejects(parseMail(Buffer.from(nested)), { code: 'damaged-file', recovery: 'ask' });
  await assert.rejects(parseMail(headers), { code: 'damaged-file', recovery: 'ask' });
  assert.equal((await parseMail(Buffer.alloc(10_000, 255))).from, null);
});

test('a From with two senders names nobody', async () => {
  const two = await parseMail(aMail({ from: 'Banco <a@banco.example>, Yo <yo@estafa.example>' }));
  const twice = await parseMail(aMail({ from: 'a@banco.example', headers: ['From: yo@estafa.example'] }));

  assert.equal(two.from, null);
  assert.equal(twice.from, null);
});
