import assert from 'node:assert/strict';
import { test } from 'node:test';
import Fastify from 'fastify';
import { callbackPage } from '../../../src/channels/gmail/linking/callback-page.ts';
import { aPicture } from '../../support/builders.ts';
import { eventually } from '../../support/eventually.ts';
import { aMail } from '../../support/gmail-mails.ts';
import { ana, beto, refusals } from '../../support/gmail-server.ts';
import { aMailWorld, linkIn, type MailWorld, said } from './a-mail-world.ts';

/** The way back from Google, through the channel's own route. */
async function comesBack(world: MailWorld, address: string) {
  const app = Fastify();
  await app.register(world.channel.routes ?? (async () => undefined));
  const { pathname, search } = new URL(address);
  const response = await app.inject({ method: 'GET', url: pathname + search });
  await app.close();
  return response;
}

test('a link leads to Google with state and PKCE, and the way back links the mailbox and says so in the chat', async (t) => {
  const world = await aMailWorld(t);
  const text = await world.gmail.linking.invite('acme', said, 'es');
  const asked = new URL(linkIn(text)).searchParams;

  const response = await comesBack(world, await world.google.agree(linkIn(text)));

  assert.equal(asked.get('code_challenge_method'), 'S256');
  assert.equal(asked.get('access_type'), 'offline');
  assert.equal(asked.get('redirect_uri'), 'http://recibot.test/oauth/google/callback');
  assert.ok((asked.get('state') ?? '').length >= 32);
  assert.equal(response.statusCode, 200);
  assert.match(response.body, /ana@example\.test ya está vinculado/);
  assert.match(response.body, /ana@example\.test is linked/);
  assert.match(String(response.headers['content-security-policy']), /default-src 'none'; style-src 'sha256-/);
  assert.deepEqual(
    world.told.map(({ channel, account, chat }) => [channel, account, chat]),
    [['telegram', 'bot', '77']],
  );
  assert.match(world.texts()[0] ?? '', /Listo: leo el correo de ana@example\.test/);
});

test('a link is good once: who comes back a second time is told so, and nothing changes', async (t) => {
  const world = await aMailWorld(t);
  const back = await world.google.agree(linkIn(await world.gmail.linking.invite('acme', said, 'es')));
  await comesBack(world, back);

  const again = await comesBack(world, back);

  assert.equal(again.statusCode, 410);
  assert.match(again.body, /Este enlace ya no vale/);
  assert.equal(world.told.length, 1);
});

test('a link is good for a quarter of an hour', async (t) => {
  const world = await aMailWorld(t);
  const back = await world.google.agree(linkIn(await world.gmail.linking.invite('acme', said, 'es')));
  const expired = new Date(Date.now() - 1);
  await world.connection.collection('mailbox_links').updateMany({}, { $set: { expiresAt: expired } });

  const response = await comesBack(world, back);

  assert.equal(response.statusCode, 410);
  assert.deepEqual(await world.gmail.mailboxes.list(), []);
});

test('a state that nobody gave out, or none at all, links nothing', async (t) => {
  const world = await aMailWorld(t);

  const made = await comesBack(world, 'http://recibot.test/oauth/google/callback?state=made-up&code=x');
  const none = await comesBack(world, 'http://recibot.test/oauth/google/callback');
  const odd = await comesBack(world, 'http://recibot.test/oauth/google/callback?state[$ne]=x&code=x');

  assert.deepEqual([made.statusCode, none.statusCode, odd.statusCode], [410, 410, 410]);
  assert.equal(world.google.asked(/token$/).length, 0);
});

test('who says no on the page of Google is told that nothing was linked', async (t) => {
  const world = await aMailWorld(t);
  const state = new URL(linkIn(await world.gmail.linking.invite('acme', said, 'es'))).searchParams.get('state');

  const response = await comesBack(
    world,
    `http://recibot.test/oauth/google/callback?error=access_denied&state=${state}`,
  );

  assert.match(response.body, /No se dio el permiso/);
  assert.deepEqual(await world.gmail.mailboxes.list(), []);
});

test('a code that somebody else redeems fails for want of the PKCE verifier; a link whose code is wrong links nothing', async (t) => {
  const world = await aMailWorld(t);
  const first = new URL(await world.google.agree(linkIn(await world.gmail.linking.invite('acme', said, 'es'))));
  const second = new URL(await world.google.agree(linkIn(await world.gmail.linking.invite('acme', said, 'es'))));
  first.searchParams.set('code', second.searchParams.get('code') ?? '');

  const response = await comesBack(world, first.href);

  assert.equal(response.statusCode, 403);
  assert.deepEqual(await world.gmail.mailboxes.list(), []);
});

test('Google being down at the exchange is told on the page', async (t) => {
  const world = await aMailWorld(t);
  const back = await world.google.agree(linkIn(await world.gmail.linking.invite('acme', said, 'es')));
  world.google.faults.push({ on: /token$/, ...refusals.down });

  const response = await comesBack(world, back);

  assert.equal(response.statusCode, 502);
  assert.match(response.body, /Google no contestó como se esperaba/);
});

test('who unticks the permission to read mail is told which one is missing', async (t) => {
  const world = await aMailWorld(t);
  const back = await world.google.agree(linkIn(await world.gmail.linking.invite('acme', said, 'es')));
  const body = { access_token: 'a', refresh_token: 'r', expires_in: 3599, scope: 'openid email' };
  world.google.faults.push({ on: /token$/, status: 200, body });

  const response = await comesBack(world, back);

  assert.match(response.body, /Faltó un permiso/);
  assert.deepEqual(await world.gmail.mailboxes.list(), []);
});

test('a mailbox of one company is not linked in another', async (t) => {
  const world = await aMailWorld(t);
  await world.link();

  const linked = await world.link(ana, { ...said, sender: '88' }, 'otra');

  assert.deepEqual(linked, { kind: 'elsewhere', address: ana, language: 'es' });
  assert.equal((await world.gmail.mailboxes.get(ana))?.companyId, 'acme');
});

test('tokens and verifiers lie in the database encrypted, each for its own mailbox', async (t) => {
  const world = await aMailWorld(t);
  await world.link(ana);
  await world.link(beto);

  const kept = await world.connection.collection('mailboxes').find().toArray();
  const text = JSON.stringify(kept, (_key, value) =>
    value?.buffer ? Buffer.from(value.buffer).toString('latin1') : value,
  );
  const [one, other] = await world.gmail.mailboxes.list();

  const tokens = [...world.google.state.tokens];
  assert.equal(tokens.length, 2);
  for (const token of [...tokens, 'google_refresh_']) assert.ok(!text.includes(token));
  assert.throws(() => world.gmail.secrets.open(one?.tokens ?? Buffer.of(), `gmail-tokens:${other?.address}`), {
    code: 'secret-unreadable',
  });
});

test('a company may have several mailboxes, each read into its own tickets', async (t) => {
  const world = await aMailWorld(t);
  await world.link(ana);
  await world.link(beto);
  await world.channel.start();
  const parts = () => [{ name: 'r.png', mime: 'image/png', bytes: aPicture() }];

  await world.google.mailboxOf(ana).receive(aMail({ parts: parts() }));
  await world.google.mailboxOf(beto).receive(aMail({ parts: parts() }));

  await eventually(async () => (await world.all()).map(({ source }) => source.account).sort(), [ana, beto]);
});

test('somebody who wants their mailbox no longer read gets the permission given back and the mails forgotten; documents stay', async (t) => {
  const world = await aMailWorld(t);
  await world.link();
  await world.channel.start();
  await world.inbox.receive(aMail({ parts: [{ name: 'r.png', mime: 'image/png', bytes: aPicture() }] }));
  await eventually(world.count, 1);

  const text = await world.gmail.linking.leave([said], 'es');

  assert.match(text, /ya no leo ana@example\.test/);
  assert.deepEqual(await world.gmail.mailboxes.list(), []);
  assert.equal(world.google.asked(/revoke$/).length, 1);
  assert.equal(await world.count(), 1);
  assert.match(await world.gmail.linking.leave([said], 'es'), /No tienes ningún correo vinculado/);
});

test('what a mailbox brings counts as sent by its owner, until it is unlinked', async (t) => {
  const world = await aMailWorld(t);
  const mailed = { channel: 'gmail', account: ana, sender: ana };
  await world.link();
  assert.equal((await world.people.ofIdentity(mailed))?.id, world.owner.id);

  await world.gmail.linking.leave([said], 'es');

  assert.equal(await world.people.ofIdentity(mailed), null);
  assert.equal((await world.people.ofIdentity(said))?.id, world.owner.id);
});

test('what is told to a mailbox is told in the chat where it was linked', async (t) => {
  const world = await aMailWorld(t);
  await world.link();

  await world.channel.tell?.({ id: 'n', account: ana, chat: ana, reply: { text: 'Resumen' } });
  await world.channel.tell?.({ id: 'm', account: 'nadie@example.test', chat: 'x', reply: { text: 'Nada' } });

  const { channel, chat, reply } = world.told.at(-1) ?? {};
  assert.deepEqual([channel, chat, reply?.text, world.told.length], ['telegram', '77', 'Resumen', 2]);
});

test('the channel is unlinked with all its mailboxes, and waits for one to be linked', async (t) => {
  const world = await aMailWorld(t);
  await world.link(ana);
  await world.link(beto);
  await world.channel.start();
  await eventually(() => world.channel.state().status, 'receiving');

  await world.channel.unlink?.();

  await eventually(() => world.channel.state().status, 'linking');
  assert.deepEqual(await world.gmail.mailboxes.list(), []);
});

test('the page shows an address as text, in the language of the chat first', () => {
  const page = callbackPage({ kind: 'done', address: '<img src=x>@evil.example', language: 'en' }, 'es');

  assert.ok(!page.includes('<img'));
  assert.ok(page.indexOf('is linked') < page.indexOf('ya está vinculado'));
});
