import assert from 'node:assert/strict';
import { test } from 'node:test';
import { proto } from '@whiskeysockets/baileys';
import { aPicture } from '../../support/builders.ts';
import { eventually } from '../../support/eventually.ts';
import { aLine } from './a-line.ts';

const group = '120363001234567890@g.us';
const ownJid = '5491150000000@s.whatsapp.net';

test('buttons are numbered lines, and a number that is typed presses one, after a restart too', async (t) => {
  const line = await aLine(t);
  const channel = await line.start();
  await line.ana.photo(aPicture());
  await eventually(line.stages, ['UPLOADED']);
  const id = await line.readThrough('HUMAN_REVIEW');
  await line.answer(channel, id);
  await eventually(() => line.texts().some((text) => /1\. ✅ Confirmar\n2\. ✏️ Corregir/.test(text)), true);
  await channel.stop();
  await line.start();

  await line.ana.text('1');

  await eventually(() => line.texts().some((text) => text.startsWith('Gracias, lo doy por bueno')), true);
});

test('a reply to the photo, or to its answer, is about that document', async (t) => {
  const line = await aLine(t);
  const channel = await line.start();
  await line.ana.photo(aPicture('one'), { id: 'PHOTO1' });
  await eventually(line.stages, ['UPLOADED']);
  const first = await line.readThrough();
  await line.answer(channel, first);
  const answer = () => line.peer.texts.find(({ text }) => text.includes('123.50'))?.id ?? '';
  await eventually(() => answer() !== '', true);
  const replying = (stanzaId: string) => ({
    extendedTextMessage: { text: 'corregir', contextInfo: { stanzaId, participant: ownJid } },
  });

  await line.ana.says(replying('PHOTO1'));
  await line.ana.says(replying(answer()));

  await eventually(() => line.heard.map(({ aboutTicketId }) => aboutTicketId), [first, first]);
});

test('in a group only what mentions or answers the bot is heard, and answers quote', async (t) => {
  const line = await aLine(t);
  await line.start();
  const mention = (text: string, jid: string) => ({
    extendedTextMessage: { text, contextInfo: { mentionedJid: [jid] } },
  });

  await line.ana.text('hola a todos', { group });
  await line.ana.text('/estado', { group });
  await line.ana.photo(aPicture('not meant'), { group });
  await line.ana.says(mention('@111 estado', '111@s.whatsapp.net'), { group });
  await line.ana.says(mention('@5491150000000 estado', ownJid), { group, id: 'ASKED' });
  await line.ana.says(mention('@5491150000000 ayuda', '5491150000000@lid'), { group });

  await eventually(
    () => line.heard.map(({ what }) => what),
    [
      { kind: 'text', text: 'estado' },
      { kind: 'text', text: 'ayuda' },
    ],
  );
  assert.ok(line.heard.every(({ isGroup, sender, chat }) => isGroup && sender === '5491122223333' && chat === group));
  assert.deepEqual(await line.stages(), []);
  const outbox = line.connection.collection('chat_outbox');
  await eventually(async () => (await outbox.findOne({ 'quoted.id': 'ASKED' }))?.chat, group);
});

test('in a group that is allowed everything is heard', async (t) => {
  const line = await aLine(t, { settings: { allowedGroups: [group] } });
  await line.start();

  await line.ana.photo(aPicture(), { group });

  await eventually(line.stages, ['UPLOADED']);
  assert.equal((await line.tickets.get('acme', await line.newest()))?.source.chat, group);
});

test('voice, stickers, places, videos and contacts get a kind word; reactions, edits and keys get none', async (t) => {
  const line = await aLine(t);
  await line.start();
  const kinds: proto.IMessage[] = [
    { audioMessage: { ptt: true } },
    { stickerMessage: {} },
    { locationMessage: { degreesLatitude: 1 } },
    { videoMessage: {} },
    { contactMessage: { displayName: 'Bob' } },
  ];
  const none: proto.IMessage[] = [
    { reactionMessage: { text: '👍', key: { id: 'x' } } },
    { protocolMessage: { type: proto.Message.ProtocolMessage.Type.REVOKE, key: { id: 'x' } } },
    { senderKeyDistributionMessage: { groupId: group } },
  ];

  for (const message of [...none, ...kinds]) await line.ana.says(message);

  await eventually(() => line.texts().filter((text) => text.includes('no lo puedo leer')).length, kinds.length);
  assert.equal(await line.kept(), kinds.length);
});

test('a stranger’s document is not taken, and they are told once how to be linked', async (t) => {
  const line = await aLine(t, { isClosed: true });
  await line.start();

  await line.ana.photo(aPicture());
  await line.ana.photo(aPicture('two'));

  await eventually(line.done, 2);
  await eventually(() => line.texts().length, 1);
  assert.match(line.texts()[0] ?? '', /código de acceso/);
  assert.deepEqual(await line.stages(), []);
});

test('blue ticks come when the document is stored, and not before', async (t) => {
  const line = await aLine(t);
  let storedAtRead = -1;
  line.peer.rules.onNode = async ({ tag, attrs }) => {
    if (tag === 'receipt' && attrs.type === 'read') storedAtRead = (await line.stages()).length;
    return false;
  };
  await line.start();

  const id = await line.ana.photo(aPicture());

  await eventually(() => line.peer.receipts(id).includes('read'), true);
  await eventually(() => storedAtRead, 1);
});

test('markup, odd names and long texts are taken as they are', async (t) => {
  const line = await aLine(t);
  await line.start();

  await line.ana.text(`<b>*estado*</b> \`rm\` ${'x'.repeat(60_000)}`);
  await line.ana.document('../../etc/<b>*.pdf', Buffer.from('%PDF-1.4 nothing'));
  await line.ana.text('estado');

  await eventually(line.done, 3);
  assert.equal(line.heard.length, 2);
});
