import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aPicture } from '../../support/builders.ts';
import { eventually } from '../../support/eventually.ts';
import { askToScan, endWith } from '../../support/whatsapp/endings.ts';
import { scan } from '../../support/whatsapp/scan.ts';
import { aLine } from './a-line.ts';

test('a QR code links: printed in the terminal and given in the state, scanned, connected again as a device', async (t) => {
  const line = await aLine(t);
  askToScan(line.peer);
  const channel = await line.start();
  await eventually(() => channel.state().link?.qr !== undefined, true);
  assert.equal(channel.state().status, 'linking');
  await eventually(
    () => line.printed.some((text) => text.includes('▄') && text.includes('Dispositivos vinculados')),
    true,
  );

  await scan(line.peer, channel.state().link?.qr ?? '');

  await eventually(() => channel.state().status, 'receiving');
  assert.equal(channel.state().link, undefined);
  assert.deepEqual(
    line.peer.hellos.map(({ user }) => user),
    [null, '5491150000000'],
  );
  await line.ana.text('estado');
  await eventually(() => line.texts().length, 1);
});

test('a pairing code links a phone that has no camera; one that nobody typed leaves no half-made account', async (t) => {
  const line = await aLine(t, { settings: { pairingPhone: '5491150000000' } });
  askToScan(line.peer);
  const channel = await line.start();
  await eventually(() => channel.state().link?.pairingCode?.length, 8);
  assert.equal(channel.state().link?.qr, undefined);
  const asked = line.peer.nodes.find(
    ({ content }) => Array.isArray(content) && content[0]?.tag === 'link_code_companion_reg',
  );
  assert.equal(Array.isArray(asked?.content) && asked.content[0]?.attrs.jid, '5491150000000@s.whatsapp.net');
  await channel.stop();

  const second = await line.start();

  await eventually(() => second.state().link?.pairingCode?.length, 8);
  assert.deepEqual(
    line.peer.hellos.map(({ user }) => user),
    [null, null],
  );
});

test('unlinking forgets the account and no document, tells the phone, and offers a new link', async (t) => {
  const line = await aLine(t);
  const channel = await line.start();
  await line.ana.photo(aPicture());
  await eventually(line.stages, ['UPLOADED']);
  // A message can be there before the connection is open; the phone is told over an open one.
  await eventually(() => channel.state().status, 'receiving');
  askToScan(line.peer);

  await channel.unlink?.();

  await eventually(() => channel.state().link?.qr !== undefined, true);
  assert.equal(channel.state().status, 'linking');
  assert.equal(await line.connection.collection('sealed_entries').countDocuments({ name: { $ne: 'creds' } }), 0);
  const isFarewell = ({ content }: (typeof line.peer.nodes)[number]) =>
    Array.isArray(content) && content[0]?.tag === 'remove-companion-device';
  await eventually(() => line.peer.nodes.some(isFarewell), true);
  assert.deepEqual(await line.stages(), ['UPLOADED']);
});

test('stopped is stopped; started again it takes in what waited', async (t) => {
  const line = await aLine(t);
  const channel = await line.start();
  await eventually(() => channel.state().status, 'receiving');
  await channel.stop();
  assert.equal(channel.state().status, 'stopped');
  await line.ana.photo(aPicture(), { isOffline: true });
  assert.deepEqual(await line.stages(), []);

  await channel.start();

  await eventually(line.stages, ['UPLOADED']);
  assert.equal(channel.state().status, 'receiving');
});

test('a server that is away at first is found when it comes', async (t) => {
  const line = await aLine(t);
  const { url } = line.peer;
  const away = { ...line.whatsapp.settings, wsUrl: url.replace(/:\d+/, ':1') };
  const channel = await line.start({ settings: away });
  await eventually(() => channel.state().status, 'retrying');
  away.wsUrl = url;

  await eventually(() => channel.state().status, 'receiving');
});

test('an ending in the middle of a burst loses nothing of it', async (t) => {
  const line = await aLine(t);
  const channel = await line.start();
  await eventually(() => channel.state().status, 'receiving');

  for (let number = 0; number < 20; number += 1) {
    await line.ana.photo(aPicture(`${number}`));
    if (number === 7) await endWith(line.peer, 503);
    if (number === 14) line.peer.connection().drop();
  }

  await eventually(async () => (await line.stages()).length, 20);
});
