import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aPicture } from '../../support/builders.ts';
import { eventually } from '../../support/eventually.ts';
import { aMessageNode } from '../../support/whatsapp/somebody.ts';
import { aLine } from './a-line.ts';

test('WhatsApp 1: what arrived while offline (append) is taken in like what arrives now (notify)', async (t) => {
  const line = await aLine(t);
  await line.ana.photo(aPicture('offline'), { isOffline: true });
  await line.start();
  await eventually(line.stages, ['UPLOADED']);

  await line.ana.photo(aPicture('now'));

  await eventually(line.stages, ['UPLOADED', 'UPLOADED']);
});

test('WhatsApp 2: own sends that come back are ignored', async (t) => {
  const line = await aLine(t);
  await line.start();
  const own = { jid: '5491150000000@s.whatsapp.net', name: 'bot' };
  const attrs = { recipient: line.ana.jid };

  await line.peer.bring(aMessageNode(own, 'OWN1', { conversation: 'hola' }, { isOffline: true, attrs }));
  await line.ana.text('estado');

  await eventually(() => line.heard.map(({ what }) => what), [{ kind: 'text', text: 'estado' }]);
  assert.equal(await line.kept(), 1);
});

test('WhatsApp 3: a message is in the journal before the server hears of it, in any state of the handlers', async (t) => {
  const line = await aLine(t);
  await line.start();
  let keptAtReceipt = -1;
  line.peer.rules.onNode = async ({ tag, attrs }) => {
    if (tag === 'receipt' && attrs.id === 'FIRST') keptAtReceipt = await line.kept();
    return false;
  };

  await line.ana.text('estado', { id: 'FIRST' });

  await eventually(() => line.peer.receipts('FIRST').length > 0, true);
  await eventually(() => keptAtReceipt, 1);
});

test('WhatsApp 4: the same message twice, at once, later, under the sender’s other name, has one effect', async (t) => {
  const line = await aLine(t);
  const channel = await line.start();
  const bytes = aPicture();
  const media = await line.media.put(bytes, 'image');
  const again = (options = {}) => line.ana.says({ imageMessage: media }, { id: 'TWICE', ...options });

  await Promise.all([again(), again()]);
  await eventually(line.done, 1);
  await channel.stop();
  await line.start();
  await again({ isOffline: true });
  const lid = { jid: '777@lid', name: 'Ana' };
  const attrs = { sender_pn: line.ana.jid };
  await line.peer.bring(aMessageNode(lid, 'TWICE', { imageMessage: media }, { attrs }));
  await line.ana.text('estado', { id: 'LAST' });

  await eventually(line.done, 2);
  assert.deepEqual(await line.stages(), ['UPLOADED']);
  assert.equal(await line.kept(), 2);
});

test('WhatsApp 5: media that is gone (404, 410) is asked for at the sender’s phone and fetched later', async (t) => {
  const line = await aLine(t);
  await line.start();
  const asked: string[] = [];
  line.peer.rules.onNode = ({ tag, attrs }) => {
    if (tag !== 'receipt' || attrs.type !== 'server-error') return false;
    asked.push(attrs.id ?? '');
    line.media.faults.clear();
    return true;
  };
  for (const [id, status] of [
    ['GONE404', 404],
    ['GONE410', 410],
  ] as const) {
    const media = await line.media.put(aPicture(id), 'image');
    line.media.faults.set(media.directPath, { status });
    await line.ana.says({ imageMessage: media }, { id });
    await eventually(() => asked.includes(id), true);
  }

  await eventually(line.stages, ['UPLOADED', 'UPLOADED']);
  assert.equal(line.texts().filter((text) => text.includes('ya no guarda ese archivo')).length, 2);
});

test('WhatsApp 6: a flipped byte is noticed; the file is refused with a word, and nothing of it is kept', async (t) => {
  const line = await aLine(t);
  await line.start();
  const media = await line.media.put(aPicture(), 'image');
  const stored = line.media.blobs.get(media.directPath);
  if (stored) stored[20] = (stored[20] ?? 0) ^ 1;

  await line.ana.says({ imageMessage: media });

  await eventually(() => line.texts().filter((text) => text.includes('llegó dañado')).length, 1);
  await eventually(line.marks, ['❌ acknowledged']);
  assert.deepEqual(await line.stages(), []);
});

test('WhatsApp 6: a file whose own hash is another one is refused although it decrypts', async (t) => {
  const line = await aLine(t);
  await line.start();
  const media = await line.media.put(aPicture(), 'image');

  await line.ana.says({ imageMessage: { ...media, fileSha256: Buffer.alloc(32, 1) } });

  await eventually(() => line.texts().filter((text) => text.includes('llegó dañado')).length, 1);
  assert.deepEqual(await line.stages(), []);
});

test('WhatsApp 7: a message’s url is never fetched, nor a path or a redirection that leads elsewhere', async (t) => {
  const line = await aLine(t);
  await line.start();
  const media = await line.media.put(aPicture('url'), 'image');
  const elsewhere = await line.media.put(aPicture('elsewhere'), 'image');
  const moved = await line.media.put(aPicture('moved'), 'image');
  line.media.faults.set(moved.directPath, { status: 302, headers: { location: `https://${line.media.host}/secret` } });

  await line.ana.says({ imageMessage: { ...media, url: `https://${line.media.host}/secret` } });
  await line.ana.says({ imageMessage: { ...elsewhere, directPath: `//${line.media.host}/secret` } });
  await line.ana.says({ imageMessage: { ...elsewhere, directPath: `@${line.media.host}/secret` } });
  await line.ana.says({ imageMessage: { ...elsewhere, directPath: '' } });
  await line.ana.says({ imageMessage: moved });

  await eventually(line.stages, ['UPLOADED']);
  await eventually(() => line.media.asked.filter((path) => path.includes(moved.directPath)).length > 1, true);
  assert.deepEqual(
    line.media.asked.filter((path) => path.includes('secret')),
    [],
  );
});

test('WhatsApp 8: the account lies encrypted in the database, and the next start goes on with it', async (t) => {
  const line = await aLine(t);
  const channel = await line.start();
  await eventually(() => channel.state().status, 'receiving');
  await channel.stop();

  const second = await line.start();

  await eventually(() => second.state().status, 'receiving');
  assert.deepEqual(
    line.peer.hellos.map(({ user }) => user),
    [null, '5491150000000'],
  );
  const entries = await line.connection.collection('sealed_entries').find().toArray();
  assert.ok(entries.length > 0);
  assert.ok(entries.every(({ sealed }) => !sealed.buffer.toString('latin1').includes('noiseKey')));
});

for (const [what, spoil] of [
  ['another key', { sealed: Buffer.alloc(80, 1) }],
  ['half of it', { sealed: Buffer.alloc(10) }],
] as const) {
  test(`WhatsApp 8: an account that cannot be read (${what}) is loudly left alone; it never becomes a new one`, async (t) => {
    const line = await aLine(t);
    const channel = await line.start();
    await eventually(() => channel.state().status, 'receiving');
    await channel.stop();
    const entries = line.connection.collection('sealed_entries');
    await entries.updateOne({ name: 'creds' }, { $set: spoil });

    const second = await line.start();

    await eventually(() => second.state().status, 'retrying');
    assert.match(second.state().lastError ?? '', /cannot open/);
    assert.equal(line.peer.hellos.length, 1);
    assert.deepEqual((await entries.findOne({ name: 'creds' }))?.sealed.buffer, spoil.sealed);
  });
}

test('WhatsApp 8: keys without their account are not taken for a fresh start', async (t) => {
  const line = await aLine(t);
  const channel = await line.start();
  await line.ana.text('estado');
  await eventually(() => line.texts().length, 1);
  await channel.stop();
  await line.connection.collection('sealed_entries').deleteOne({ name: 'creds' });

  const second = await line.start();

  await eventually(() => second.state().status, 'retrying');
  assert.equal(line.peer.hellos.length, 1);
});

test('WhatsApp 9: a message is done when the server has acknowledged it: refused or unheard, it is sent again as the same one', async (t) => {
  const line = await aLine(t);
  await line.start();
  const refusals = [{ error: '500' }, 'drop'] as const;
  line.peer.rules.onNode = async ({ tag, attrs }, connection) => {
    if (tag !== 'message') return false;
    const refusal = refusals[line.peer.sent.length - 1];
    if (refusal === 'drop') connection.drop();
    else if (refusal) {
      const { to = '', id = '' } = attrs;
      await connection.send({ tag: 'ack', attrs: { class: 'message', id, from: to, ...refusal } });
    }
    return refusal !== undefined;
  };

  await line.ana.text('estado');

  await eventually(() => line.texts().length, 1);
  const outcomes = async () =>
    (await line.connection.collection('chat_outbox').find().toArray()).map(({ outcome }) => outcome);
  await eventually(outcomes, ['acknowledged']);
  assert.equal(line.peer.sent.length, 3);
  assert.equal(new Set(line.peer.sent.map(({ id }) => id)).size, 1);
});
