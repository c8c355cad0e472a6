import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sealTokens } from '../../../src/channels/gmail/google/mailbox-session.ts';
import { aPicture } from '../../support/builders.ts';
import { eventually } from '../../support/eventually.ts';
import { aMail, type MailOptions, vouched } from '../../support/gmail-mails.ts';
import { ana, beto, refusals } from '../../support/gmail-server.ts';
import { aMailWorld, said } from './a-mail-world.ts';

const history = /^GET .*\/history$/;
const token = /^POST \/oauth2\/token$/;

function withPicture(options: MailOptions = {}): Buffer {
  return aMail({ parts: [{ name: 'recibo.png', mime: 'image/png', bytes: aPicture() }], ...options });
}

test('Gmail 1: new mail is heard of by history, from a cursor of 21 digits that is kept as text', async (t) => {
  const world = await aMailWorld(t);
  await world.inbox.receive(withPicture({ subject: 'antes de vincular' }));
  await world.link();
  const linkedAt = await world.inbox.historyId();
  await world.channel.start();

  await world.inbox.receive(withPicture({ subject: 'después' }));

  await eventually(world.count, 1);
  assert.equal((await world.all())[0]?.metadata['mailSubject'], 'después');
  assert.ok(linkedAt.length >= 21 && !Number.isSafeInteger(Number(linkedAt)));
  assert.equal(world.google.asked(history)[0]?.url.searchParams.get('startHistoryId'), linkedAt);
  assert.equal(world.google.asked(/^GET .*\/messages$/).length, 0, 'nothing is looked for by time');
  const reached = await world.inbox.historyId();
  await eventually(async () => (await world.gmail.mailboxes.get(ana))?.historyId, reached);
});

test('Gmail 1: a cursor that Gmail forgot (404) is replaced after looking at the newest mails, each taken once', async (t) => {
  const world = await aMailWorld(t);
  await world.link();
  await world.channel.start();
  await world.inbox.receive(withPicture({ subject: 'uno' }));
  await eventually(world.count, 1);
  await world.channel.stop();
  await world.inbox.receive(withPicture({ subject: 'dos' }));
  await world.inbox.receive(withPicture({ subject: 'tres', headers: ['X-Old: 1'] }));

  world.google.state.forgotten = BigInt(await world.inbox.historyId());
  await world.channel.start();

  await eventually(world.count, 3);
  await world.inbox.receive(withPicture({ subject: 'cuatro' }));
  await eventually(world.count, 4);
  const subjects = (await world.all()).map(({ metadata }) => metadata['mailSubject']);
  assert.deepEqual(subjects.sort(), ['cuatro', 'dos', 'tres', 'uno']);
  assert.equal(
    world.google.asked(/messages\/[^/]+$/).filter(({ url }) => url.searchParams.get('format') === 'raw').length,
    4,
  );
});

test('Gmail 1: whoever dies between journal and cursor reads the page again, and takes in nothing twice', async (t) => {
  const world = await aMailWorld(t);
  await world.link();
  await world.inbox.receive(withPicture());
  const { mailboxes } = world.gmail;
  const { moveCursor } = mailboxes;
  let deaths = 1;
  mailboxes.moveCursor = async (...moved) => {
    deaths -= 1;
    if (deaths === 0) throw new Error('killed');
    return moveCursor(...moved);
  };

  await world.channel.start();

  await eventually(world.outcomes, ['documents']);
  await world.inbox.receive(withPicture());
  await eventually(world.outcomes, ['documents', 'documents']);
  assert.equal(await world.count(), 2);
});

test('Gmail 1: a mail that somebody takes out of the spam is taken in; spam, drafts and what was sent are not', async (t) => {
  const world = await aMailWorld(t);
  await world.link();
  await world.channel.start();
  const spam = await world.inbox.receive(withPicture({ subject: 'rescatado' }), ['SPAM']);
  await world.inbox.receive(withPicture({ subject: 'borrador' }), ['DRAFT']);
  await world.inbox.receive(withPicture({ subject: 'enviado' }), ['SENT']);
  await world.inbox.receive(withPicture({ subject: 'a mí mismo' }), ['SENT', 'INBOX']);
  await eventually(world.count, 1);

  await world.inbox.relabel(spam.id, ['INBOX'], ['SPAM']);

  await eventually(world.count, 2);
  const subjects = (await world.all()).map(({ metadata }) => metadata['mailSubject']);
  assert.deepEqual(subjects.sort(), ['a mí mismo', 'rescatado']);
});

test('Gmail 2: with a topic Gmail is asked to tell of new mail; without a word from it mailboxes are read all the same', async (t) => {
  const world = await aMailWorld(t, { topic: 'projects/p/topics/gmail' });
  await world.link();
  await world.channel.start();

  await world.inbox.receive(withPicture());

  await eventually(world.count, 1);
  const [watch, ...again] = world.google.asked(/\/watch$/);
  assert.deepEqual(JSON.parse(watch?.body ?? ''), { topicName: 'projects/p/topics/gmail' });
  assert.equal(again.length, 0);
});

test('Gmail 2: a watch that Gmail refuses does not keep mail from being read', async (t) => {
  const world = await aMailWorld(t, { topic: 'projects/p/topics/gone' });
  world.google.faults.push({
    on: /\/watch$/,
    status: 403,
    body: { error: { code: 403, message: 'no rights on the topic' } },
  });
  await world.link();
  await world.channel.start();

  await world.inbox.receive(withPicture());

  await eventually(world.count, 1);
});

test('Gmail 3: invalid_grant suspends the mailbox, tells in the chat how to reconnect and keeps the cursor', async (t) => {
  const world = await aMailWorld(t);
  await world.link();
  await world.channel.start();
  await world.inbox.receive(withPicture());
  await eventually(world.count, 1);
  await eventually(async () => (await world.gmail.mailboxes.get(ana))?.historyId, await world.inbox.historyId());
  const cursor = await world.inbox.historyId();

  world.google.state.tokens.clear();
  world.google.faults.push({ on: token, ...refusals.revoked });
  await eventually(async () => (await world.gmail.mailboxes.get(ana))?.status, 'suspended');
  await world.inbox.receive(withPicture());

  await eventually(() => world.channel.state().status, 'logged-out');
  assert.match(world.texts().at(-1) ?? '', /ya no me deja leer ana@example\.test.*\/vincular gmail/s);
  assert.deepEqual(world.told.at(-1)?.chat, '77');
  assert.match(world.channel.state().lastError ?? '', /invalid_grant/);
  assert.equal((await world.gmail.mailboxes.get(ana))?.historyId, cursor);
  const asked = world.google.state.asked.length;

  await world.link();

  await eventually(world.count, 2);
  assert.match(world.texts().at(-1) ?? '', /vuelvo a leer ana@example\.test/);
  assert.ok(
    world.google.state.asked.slice(asked).every(({ line }) => !/messages$/.test(line)),
    'it goes on by history',
  );
});

test('Gmail 4: userRateLimitExceeded leaves that mailbox alone until the time is over; another one is read meanwhile', async (t) => {
  const world = await aMailWorld(t, { pace: { pollMs: 50, firstPauseMs: { limited: 600_000, away: 100 } } });
  await world.link(ana);
  await world.link(beto);
  world.google.faults.push({ on: history, ...refusals.tooFast });
  await world.channel.start();
  const limited = async () => (await world.gmail.mailboxes.list()).filter(({ suspendUntil }) => suspendUntil !== null);
  await eventually(async () => (await limited()).length, 1);
  const [mailbox] = await limited();
  const other = mailbox?.address === ana ? beto : ana;

  await world.google.mailboxOf(mailbox?.address ?? '').receive(withPicture());
  await world.google.mailboxOf(other).receive(withPicture());

  await eventually(world.count, 1);
  assert.equal((await world.all())[0]?.source.account, other);
  assert.equal((await limited()).length, 1);
  const over = { suspendUntil: new Date(), dueAt: new Date() };
  await world.connection.collection('mailboxes').updateMany({}, { $set: over });
  await eventually(world.count, 2);
  await eventually(async () => (await limited()).length, 0);
});

test('Gmail 4: 429 with Retry-After is waited for', async (t) => {
  const world = await aMailWorld(t);
  await world.link();
  world.google.faults.push({ on: history, ...refusals.tooMany, headers: { 'retry-after': '2' } });
  await world.channel.start();
  await eventually(() => world.google.asked(history).length, 1);

  await eventually(() => world.google.asked(history).length > 1, true);

  const [refused, next] = world.google.asked(history);
  assert.ok((next?.at ?? 0) - (refused?.at ?? 0) >= 1_950);
});

test('Gmail 4: a 401 although the token should still be good is answered with a fresh token', async (t) => {
  const world = await aMailWorld(t);
  await world.link();
  await world.channel.start();
  await eventually(() => world.google.asked(history).length > 0, true);

  world.google.state.tokens.clear();
  await world.inbox.receive(withPicture());

  await eventually(world.count, 1);
  const grants = world.google.asked(token).map(({ body }) => new URLSearchParams(body).get('grant_type'));
  assert.deepEqual(grants, ['authorization_code', 'refresh_token']);
});

test('Gmail 4: a token that runs out soon is renewed before it is used', async (t) => {
  const world = await aMailWorld(t);
  const short = { access_token: 'short', refresh_token: 'r', token_type: 'Bearer', expires_in: 30 };
  await world.link();
  await world.gmail.mailboxes.keepTokens(ana, sealTokens(world.gmail.secrets, ana, short, new Date()));
  const renewed = { ...short, access_token: 'fresh', expires_in: 3_600 };
  world.google.faults.push({ on: token, status: 200, body: renewed });
  await world.channel.start();

  await eventually(() => world.google.asked(token).length > 1 && world.google.asked(history).length > 0, true);

  assert.equal(new URLSearchParams(world.google.asked(token)[1]?.body).get('refresh_token'), 'r');
  assert.equal(world.google.asked(history)[0]?.authorization, 'Bearer fresh');
});

test('Gmail 4: a POST that got a 500 is repeated', async (t) => {
  const world = await aMailWorld(t);
  await world.link();
  await world.channel.start();
  const mail = await world.inbox.receive(withPicture());
  await eventually(world.count, 1);
  world.google.faults.push(
    { on: /^POST .*\/modify$/, ...refusals.down },
    { on: /^POST .*\/labels$/, ...refusals.down },
  );

  await world.end((await world.all())[0]?.id ?? '');

  await eventually(() => world.inbox.labels(mail.id), ['Recibot/Procesado']);
  assert.equal(world.google.asked(/^POST .*\/modify$/).length, 2);
});

test('Gmail 4: Google being down or breaking connections is waited out, and the state says so', async (t) => {
  const world = await aMailWorld(t);
  await world.link();
  world.google.faults.push({ on: history, ...refusals.down, times: 3 }, { on: history, drop: true, times: 3 });
  await world.channel.start();
  await world.inbox.receive(withPicture());

  await eventually(() => world.channel.state().status, 'retrying');

  await eventually(world.count, 1);
  await eventually(() => world.channel.state().status, 'receiving');
});

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

test('the person who linked a mailbox is told in their language, and one who is no longer known has nothing taken in', async (t) => {
  const world = await aMailWorld(t);
  await world.link(ana, said);
  await world.people.remove('acme', world.owner.id);
  await world.channel.start();
  await world.inbox.receive(withPicture());

  await eventually(async () => (await world.gmail.mailboxes.get(ana))?.status, 'suspended');

  assert.equal(await world.count(), 0);
  assert.equal(world.google.asked(history).length, 0);
});
