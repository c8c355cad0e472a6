import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sealTokens } from '../../../src/channels/gmail/google/mailbox-session.ts';
import { eventually } from '../../support/eventually.ts';
import { withPicture } from '../../support/gmail-mails.ts';
import { ana, beto, refusals } from '../../support/gmail-server.ts';
import { aMailWorld, said } from './a-mail-world.ts';

const history = /^GET .*\/history$/;
const token = /^POST \/oauth2\/token$/;

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

test('of somebody who is no longer known nothing is taken in', async (t) => {
  const world = await aMailWorld(t);
  await world.link(ana, said);
  await world.people.remove('acme', world.owner.id);
  await world.channel.start();
  await world.inbox.receive(withPicture());

  await eventually(async () => (await world.gmail.mailboxes.get(ana))?.status, 'suspended');

  assert.equal(await world.count(), 0);
  assert.equal(world.google.asked(history).length, 0);
});
