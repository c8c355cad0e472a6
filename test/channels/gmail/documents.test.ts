import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseMail } from '../../../src/channels/gmail/mail/parse-mail.ts';
import { aPicture } from '../../support/builders.ts';
import { eventually } from '../../support/eventually.ts';
import { aMail, type Part } from '../../support/gmail-mails.ts';
import { ana, refusals } from '../../support/gmail-server.ts';
import { zipOf } from '../../support/zip.ts';
import { aMailWorld, type MailWorld } from './a-mail-world.ts';

const picture = (content?: string): Part => ({ name: 'recibo.png', mime: 'image/png', bytes: aPicture(content) });

async function aReadMailbox(...given: Parameters<typeof aMailWorld>): Promise<MailWorld> {
  const world = await aMailWorld(...given);
  await world.link();
  await world.channel.start();
  return world;
}

test('PDF, XML, ZIP and pictures of a mail become tickets, and the mail is labelled when all have ended', async (t) => {
  const world = await aReadMailbox(t);
  const parts: Part[] = [
    picture(),
    { name: 'factura.pdf', mime: 'application/pdf', bytes: `%PDF-1.4 ${'x'.repeat(50)}` },
    { name: 'facturas.zip', mime: 'application/zip', bytes: zipOf({ name: 'a.xml', bytes: Buffer.from('<x/>') }) },
  ];
  const mail = await world.inbox.receive(aMail({ parts }));
  await eventually(world.count, 3);
  const [first, second, third] = await world.all();

  await world.end(first?.id ?? '');
  await world.end(second?.id ?? '');
  await eventually(world.outcomes, ['documents']);
  assert.deepEqual(await world.inbox.labels(mail.id), []);
  await world.end(third?.id ?? '');

  await eventually(() => world.inbox.labels(mail.id), ['Recibot/Procesado']);
});

test('a mail with a doubtful document is labelled to be reviewed, and as processed once it is put right', async (t) => {
  const world = await aReadMailbox(t);
  const mail = await world.inbox.receive(aMail({ parts: [picture()] }));
  await eventually(world.count, 1);
  const [ticket] = await world.all();

  await world.end(ticket?.id ?? '', 'HUMAN_REVIEW');
  await eventually(() => world.inbox.labels(mail.id), ['Recibot/Revisar']);
  await world.confirm(ticket?.id ?? '');

  await eventually(() => world.inbox.labels(mail.id), ['Recibot/Procesado']);
});

test('labels that somebody deleted are made anew', async (t) => {
  const world = await aReadMailbox(t);
  await world.inbox.receive(aMail({ parts: [picture()] }));
  await eventually(world.count, 1);
  await world.end((await world.all())[0]?.id ?? '');
  await eventually(async () => Object.keys((await world.gmail.mailboxes.get(ana))?.labels ?? {}).length, 2);
  await world.inbox.deleteLabel('Recibot/Procesado');
  const mail = await world.inbox.receive(aMail({ parts: [picture()] }));
  await eventually(world.count, 2);

  await world.end((await world.all()).find(({ source }) => source.message === mail.id)?.id ?? '');

  await eventually(() => world.inbox.labels(mail.id), ['Recibot/Procesado']);
});

test('the same attachment twice is one ticket: in one mail, and in another mail as a copy of the first', async (t) => {
  const world = await aReadMailbox(t);
  await world.inbox.receive(aMail({ parts: [picture('igual'), picture('igual')] }));
  await eventually(world.count, 1);

  await world.inbox.receive(aMail({ parts: [picture('igual')] }));

  await eventually(async () => (await world.all()).map(({ stage }) => stage).sort(), ['DUPLICATE', 'UPLOADED']);
  const [copy, first] = (await world.all()).sort((a, b) => a.stage.localeCompare(b.stage));
  assert.equal(copy?.duplicateOf, first?.id);
});

test('a mail with sixty attachments: as many as are taken become tickets, the others are told in the chat, and it is to be reviewed', async (t) => {
  const world = await aReadMailbox(t);
  const parts = Array.from({ length: 60 }, (_, number) => picture(`n${number}`));
  const mail = await world.inbox.receive(aMail({ subject: 'muchas', parts }));

  await eventually(world.count, 25);

  await eventually(() => world.told.length, 2);
  assert.match(world.texts()[1] ?? '', /«muchas».*tomé los primeros 25 y dejé 35/s);
  for (const { id } of await world.all()) await world.end(id);
  await eventually(() => world.inbox.labels(mail.id), ['Recibot/Revisar']);
});

test('an attachment that is not what it says is told with its name; the others of the mail are taken', async (t) => {
  const world = await aReadMailbox(t);
  const fake = { name: 'virus.pdf', mime: 'application/pdf', bytes: 'MZ no soy un PDF' };
  await world.inbox.receive(aMail({ subject: 'dos', parts: [fake, picture()] }));

  await eventually(world.count, 1);

  await eventually(() => world.told.length, 2);
  assert.match(world.texts()[1] ?? '', /• virus\.pdf: /);
});

test('a mail that cannot be opened is told of, labelled to be reviewed, and does not hold up the next one', async (t) => {
  const world = await aReadMailbox(t);
  const nested = Array.from(
    { length: 300 },
    (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`,
  );
  const broken = await world.inbox.receive(`From: x@y.example\r\nSubject: roto\r\n${nested.join('')}`);
  await world.inbox.receive(aMail({ parts: [picture()] }));

  await eventually(world.count, 1);

  await eventually(() => world.inbox.labels(broken.id), ['Recibot/Revisar']);
  assert.match(world.texts()[1] ?? '', /viene dañado/);
});

test('of a mail without documents only who sent it, and whether that is sure, is kept', async (t) => {
  const world = await aReadMailbox(t);
  await world.inbox.receive(aMail({ subject: 'secreto', text: 'Tu clave es 1234' }));

  await eventually(world.outcomes, ['no documents']);

  const kept = await world.connection.collection('mailbox_messages').findOne({});
  assert.equal(kept?.['taken'].from, 'ventas@tienda.example');
  assert.ok(!/secreto|1234/.test(JSON.stringify(kept)));
  assert.equal(await world.count(), 0);
});

test('a mail that is gone before it is read is let go', async (t) => {
  const world = await aMailWorld(t);
  await world.link();
  world.google.faults.push({ on: /GET .*\/messages\/[^/]+$/, ...refusals.stale });
  await world.inbox.receive(aMail({ parts: [picture()] }));
  await world.channel.start();

  await eventually(world.outcomes, ['gone']);
});

test('the owner who asks is answered in the thread, once although the acknowledgement was lost, and the answer is no new mail', async (t) => {
  const world = await aReadMailbox(t);
  const asked = aMail({ from: ana, to: ana, subject: 'Recibot: ¿cuánto fue?', parts: [picture()] });
  const mail = await world.inbox.receive(asked, ['SENT', 'INBOX']);
  await eventually(world.count, 1);
  world.google.faults.push({ on: /POST .*\/send$/, ...refusals.down, after: true });

  await world.end((await world.all())[0]?.id ?? '');

  await eventually(() => world.inbox.labels(mail.id), ['Recibot/Procesado']);
  const said = async () =>
    (await world.connection.collection('mailbox_messages').findOne({ messageId: mail.id }))?.['said'];
  await eventually(async () => typeof (await said()), 'string');
  const answers = (await world.inbox.sent()).filter(({ id }) => id !== mail.id);
  assert.equal(answers.length, 1);
  assert.equal(answers[0]?.threadId, mail.threadId);
  const read = await parseMail(Buffer.from(answers[0]?.text ?? ''));
  assert.equal(read.subject, 'Re: Recibot: ¿cuánto fue?');
  assert.match(read.text, /Esto encontré en tu correo:.*123\.50/s);
  const original = await parseMail(asked);
  assert.equal(read.references, original.messageId);
  assert.equal(await world.count(), 1);
});

test('a stranger who asks is not answered', async (t) => {
  const world = await aReadMailbox(t);
  const mail = await world.inbox.receive(aMail({ subject: 'recibot, contéstame', parts: [picture()] }));
  await eventually(world.count, 1);

  await world.end((await world.all())[0]?.id ?? '');

  await eventually(() => world.inbox.labels(mail.id), ['Recibot/Procesado']);
  assert.deepEqual(await world.inbox.sent(), []);
});

test('an answer that comes before the mail is noted as taken in is not lost', async (t) => {
  const world = await aMailWorld(t);
  await world.link();
  const { took } = world.gmail.messages;
  const late = Promise.withResolvers<void>();
  world.gmail.messages.took = async (...given) => {
    await late.promise;
    return took(...given);
  };
  const mail = await world.inbox.receive(aMail({ parts: [picture()] }));
  await world.channel.start();
  await eventually(world.count, 1);

  await world.end((await world.all())[0]?.id ?? '');
  late.resolve();

  await eventually(() => world.inbox.labels(mail.id), ['Recibot/Procesado']);
});

test('a channel that was stopped while Google does not answer stops at once, and goes on when it is started again', async (t) => {
  const world = await aMailWorld(t);
  await world.link();
  const never = Promise.withResolvers<void>();
  t.after(() => never.resolve());
  world.google.faults.push({ on: /\/history$/, status: 500, hold: () => never.promise });
  await world.channel.start();
  await eventually(() => world.google.asked(/\/history$/).length, 1);

  await world.channel.stop();
  assert.equal(world.channel.state().status, 'stopped');
  await world.inbox.receive(aMail({ parts: [picture()] }));
  await world.channel.start();

  await eventually(world.count, 1);
  assert.equal(world.channel.state().status, 'receiving');
});
