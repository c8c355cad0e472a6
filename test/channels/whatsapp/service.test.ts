import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { aPicture } from '../../support/builders.ts';
import { eventually } from '../../support/eventually.ts';
import { type RunningService, startServiceProcess } from '../../support/process-service.ts';
import { aPurchase, aReceiptPicture } from '../../support/receipt-picture.ts';
import { aDataDir, type Ends, lastFirst } from '../../support/store.ts';
import { askToScan } from '../../support/whatsapp/endings.ts';
import { aMediaHost } from '../../support/whatsapp/media-host.ts';
import { aPeer, type Peer } from '../../support/whatsapp/peer.ts';
import { scan } from '../../support/whatsapp/scan.ts';
import { somebody } from '../../support/whatsapp/somebody.ts';

const adminKey = 'an-admin-key-of-a-test';

async function aWorld(ends: Ends) {
  const dataDir = await aDataDir(ends);
  const peer = await aPeer(ends);
  const media = await aMediaHost(ends);
  const caFile = join(dataDir, 'ca.pem');
  await writeFile(caFile, media.ca);
  const env = {
    ...{ WHATSAPP_ENABLED: 'true', WHATSAPP_WS_URL: peer.url, WHATSAPP_MEDIA_HOST: media.host },
    ...{ WHATSAPP_CA_FILE: caFile, OPEN_SIGNUP: 'true', ADMIN_API_KEY: adminKey },
  };
  return { dataDir, peer, media, env };
}

test('a photo sent to the running service is answered with its total; the QR code is in the terminal; it ends when told to', async (t) => {
  const ends = lastFirst(t);
  const { dataDir, peer, media, env } = await aWorld(ends);
  askToScan(peer);
  const purchase = aPurchase(5);
  await using service = await startServiceProcess(dataDir, env);
  await eventually(() => service.output().includes('Vincular un dispositivo'), true);
  await eventually(async () => (await qrOf(service)) !== '', true);
  const shown = await qrOf(service);
  await scan(peer, shown);

  await somebody(peer, media).photo(await aReceiptPicture(purchase.rows));

  await eventually(() => peer.texts.filter(({ text }) => text.includes(purchase.total)).length, 1);
  assert.equal(await service.stop(), 0);
  assert.ok(!service.output().includes('privKey'));
});

async function qrOf({ address }: RunningService): Promise<string> {
  const response = await fetch(`${address}/api/channels`, { headers: { 'x-api-key': adminKey } });
  return /https:\/\/wa\.me\/[^"]+/.exec(await response.text())?.[0] ?? '';
}

/** Where the service is when it is killed. */
const moments = ['kept', 'told the server', 'fetching', 'marking'] as const;

test('kill -9 at any point of intake: after the restart and what the server brings again, each document is there once', async (t) => {
  const ends = lastFirst(t);
  const { dataDir, peer, media, env } = await aWorld(ends);
  const ana = somebody(peer, media);
  const settings = { ...env, ROLES: 'channels,api' };
  let service = await startServiceProcess(dataDir, settings);
  ends.after(() => service[Symbol.asyncDispose]());

  for (const [round, moment] of moments.entries()) {
    await eventually(() => peer.hellos.length > round, true);
    const message = { imageMessage: await media.put(aPicture(moment), 'image') };
    const id = `MOMENT${round}`;
    const reached = when(peer, media, moment, id);
    await ana.says(message, { id });
    await reached;
    service.child.kill('SIGKILL');
    await once(service.child, 'exit');
    // What it was not told that we have, the server brings again.
    if (peer.receipts(id).length === 0 || moment === 'fetching') await ana.says(message, { id, isOffline: true });
    service = await startServiceProcess(dataDir, settings);
    await eventually(() => ticketsOf(service), round + 1);
  }

  const marks = peer.sent.map(({ id }) => id);
  assert.ok(new Set(marks).size <= moments.length);
});

/** Resolves in the middle of what the moment names; what follows it is held. */
async function when(
  peer: Peer,
  media: Awaited<ReturnType<typeof aMediaHost>>,
  moment: string,
  id: string,
): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const reach = (): true => {
    resolve();
    return true;
  };
  const onPath = () => reach();
  media.listeners.clear();
  peer.rules.onNode = ({ tag, attrs }) => {
    const isReceipt = tag === 'receipt' && attrs.id === id;
    if (moment === 'told the server' && isReceipt) return reach();
    return moment === 'marking' && tag === 'message' ? reach() : false;
  };
  if (moment === 'fetching') media.listeners.add(onPath);
  if (moment === 'kept') {
    // The first sign of life after a message has come is later than the journal.
    const { nodes } = peer;
    const before = nodes.length;
    const look = setInterval(() => nodes.length > before && reach(), 1);
    await promise;
    clearInterval(look);
  }
  await promise;
  media.listeners.clear();
}

async function ticketsOf({ address }: RunningService): Promise<number> {
  const { tickets } = (await (await fetch(`${address}/api/tickets`)).json()) as { tickets: unknown[] }; // our own API
  return tickets.length;
}
