import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import type { Answer } from '../../../src/channels/channel.ts';
import { aPicture } from '../../support/builders.ts';
import { eventually } from '../../support/eventually.ts';
import { aLine } from './a-line.ts';

test('a photo is taken in, marked while it is worked on, and answered with a quoting reply', async (t) => {
  const line = await aLine(t);
  const channel = await line.start();
  const bytes = aPicture();
  const message = await line.ana.photo(bytes, { caption: 'comida' });
  await eventually(line.marks, ['⏳ acknowledged']);
  const id = await line.readThrough();

  await line.answer(channel, id);

  assert.ok(line.texts().some((text) => text.includes('123.50')));
  await eventually(line.marks, ['✅ acknowledged']);
  const ticket = await line.tickets.get('acme', id);
  assert.equal(ticket?.metadata.caption, 'comida');
  assert.equal(ticket?.file.sizeBytes, bytes.byteLength);
  const answer = await line.connection.collection('chat_outbox').findOne({ ticketId: id, 'content.kind': 'text' });
  assert.equal(answer?.quoted.id, message);
});

test('an answer that comes again is not sent again, by another process neither', async (t) => {
  const line = await aLine(t);
  const channel = await line.start();
  await line.ana.photo(aPicture());
  await eventually(line.stages, ['UPLOADED']);
  const id = await line.readThrough();
  await line.answer(channel, id);
  await channel.stop();
  const sent = line.peer.sent.length;

  const second = await line.start();
  await line.answer(second, id);

  assert.equal(line.texts().filter((text) => text.includes('123.50')).length, 1);
  assert.ok(line.peer.sent.length - sent <= 1);
});

test('a document’s mark says how it ended: ✅, ❌, 👀', async (t) => {
  const line = await aLine(t);
  const channel = await line.start();
  for (const [stage, mark] of [
    ['FAILED', '❌'],
    ['HUMAN_REVIEW', '👀'],
  ] as const) {
    await line.ana.photo(aPicture(stage));
    await eventually(async () => (await line.marks()).some((one) => one.startsWith('⏳')), true);
    const id = await line.newest();
    const answer = { id: `${id}:9`, ticketId: id, language: 'es', text: stage, result: { stage } };
    const source = (await line.tickets.get('acme', id))?.source;
    await channel.send({ ...answer, source } as Answer); // the rest is not looked at
    await eventually(async () => (await line.marks()).some((one) => one.startsWith(mark)), true);
  }
});

test('a burst that is answered with a summary leaves no mark of work behind', async (t) => {
  const line = await aLine(t);
  await line.start();
  await line.ana.photo(aPicture());
  await eventually(line.marks, ['⏳ acknowledged']);

  await line.readThrough();

  await eventually(line.marks, ['✅ acknowledged']);
});

test('PDF, XML and ZIP come as documents; a file that is none of ours is refused with a word', async (t) => {
  const line = await aLine(t);
  await line.start();

  await line.ana.document('factura.pdf', Buffer.from('%PDF-1.4\n1 0 obj\nendobj\n'));
  await line.ana.document('notas.txt', Buffer.from('hola'), { changes: { mimetype: 'text/plain' } });
  const wrapped = await line.media.put(Buffer.from('<?xml version="1.0"?><cfdi:Comprobante/>'), 'document');
  const documentMessage = { ...wrapped, fileName: 'factura.xml', mimetype: 'text/xml', caption: 'mayo' };
  await line.ana.says({ documentWithCaptionMessage: { message: { documentMessage } } });

  await eventually(async () => (await line.stages()).length, 2);
  await eventually(() => line.texts().some((text) => text.includes('No es una imagen')), true);
});

test('a document of 2 GB is refused before a byte of it is fetched; one that lies about its size is not read to its end', async (t) => {
  const line = await aLine(t, { deps: { maxBytes: 100_000 } });
  await line.start();
  const liar = await line.media.put(Buffer.alloc(900_000), 'document');

  await line.ana.document('enorme.pdf', Buffer.alloc(10), { changes: { fileLength: 2_147_483_648 } });
  await eventually(() => line.texts().filter((text) => text.includes('pesa demasiado')).length, 1);
  assert.deepEqual(line.media.asked, []);
  await line.ana.says({ documentMessage: { ...liar, fileLength: 10, fileName: 'x.pdf' } });

  await eventually(() => line.texts().filter((text) => text.includes('pesa demasiado')).length, 2);
  assert.deepEqual(await line.stages(), []);
});

test('media that stays gone is not waited for in silence', async (t) => {
  const line = await aLine(t);
  await line.start();
  const media = await line.media.put(aPicture(), 'image');
  line.media.blobs.clear();

  await line.ana.says({ imageMessage: media }, { id: 'GONE' });

  await eventually(() => line.texts().filter((text) => text.includes('ya no guarda ese archivo')).length, 1);
  assert.ok(line.peer.receipts('GONE').includes('server-error'));
  assert.deepEqual(await line.stages(), []);
});

test('a file goes out encrypted to the media host, a chart as a picture', async (t) => {
  const line = await aLine(t);
  const channel = await line.start();
  await line.ana.text('estado');
  await eventually(() => line.texts().length, 1);
  const file = { name: 'gastos.xlsx', mime: 'application/vnd.ms-excel', bytes: Buffer.from('PK..') };
  const chart = { name: 'mes.png', mime: 'image/png', bytes: aPicture() };
  const notice = { account: 'main', chat: line.ana.jid };

  await channel.tell?.({ ...notice, id: 'f', reply: { text: 'Tu exportación', file } });
  await channel.tell?.({ ...notice, id: 'c', reply: { text: '', file: chart } });

  const posts = line.media.asked.filter((asked) => asked.startsWith('POST')).map((asked) => asked.split('/')[2]);
  assert.deepEqual(posts, ['document', 'image']);
});

test('photo, stages, answer, correction by number, invoice as PDF and XML: once, however often it is answered', async (t) => {
  const line = await aLine(t);
  const channel = await line.start();
  await line.ana.photo(aPicture());
  await eventually(line.stages, ['UPLOADED']);
  const id = await line.readThrough('HUMAN_REVIEW');
  await line.answer(channel, id);
  await line.ana.text('corregir');
  await eventually(() => numberOf(line.texts().at(-1), 'Total') !== undefined, true);
  await line.ana.text(numberOf(line.texts().at(-1), 'Total') ?? '');
  await eventually(() => /Total: escribe/.test(line.texts().at(-1) ?? ''), true);
  await line.ana.text('123.50');
  await eventually(line.stages, ['COMPLETED']);
  const invoiceFiles = await Promise.all(
    ['A-1.pdf', 'A-1.xml'].map(async (name) => {
      const bytes = Buffer.from(`the bytes of ${name}`);
      const file = { sha256: createHash('sha256').update(bytes).digest('hex'), mime: 'application/octet-stream' };
      await line.files.put(bytes, file);
      return { ...file, name, sizeBytes: bytes.length };
    }),
  );
  await line.move('AUTOMATION_QUEUE');
  await line.move('WEB_AUTOMATION');
  await line.move('COMPLETED', { invoiceFiles });

  await line.answer(channel, id);
  await line.answer(channel, id);

  const sent = await line.connection
    .collection('chat_outbox')
    .find({ 'content.kind': 'file' })
    .sort({ order: 1 })
    .toArray();
  assert.deepEqual(
    sent.map(({ content, outcome }) => [content.name, outcome]),
    [
      ['A-1.pdf', 'acknowledged'],
      ['A-1.xml', 'acknowledged'],
    ],
  );
  assert.equal(line.media.asked.filter((asked) => asked.startsWith('POST')).length, 2);
});

/** The number under which a menu offers something. */
function numberOf(menu: string | undefined, label: string): string | undefined {
  return new RegExp(`(\\d+)[^\\n]*${label}`).exec(menu ?? '')?.[1];
}
