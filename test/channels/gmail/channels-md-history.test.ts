import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from '../../support/eventually.ts';
import { withPicture } from '../../support/gmail-mails.ts';
import { ana } from '../../support/gmail-server.ts';
import { aMailWorld } from './a-mail-world.ts';

const history = /^GET .*\/history$/;

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
