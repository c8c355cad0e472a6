import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { isFinal } from '../../../src/domain/stage.ts';
import { route } from '../../../src/flow.ts';
import { connectStore } from '../../../src/store/connect.ts';
import { createFiles } from '../../../src/store/files.ts';
import { createTickets, type Tickets } from '../../../src/store/tickets.ts';
import { aForm } from '../../support/api.ts';
import { aPicture } from '../../support/builders.ts';
import { eventually } from '../../support/eventually.ts';
import { startServiceProcess } from '../../support/process-service.ts';
import { realClock } from '../../support/real-clock.ts';
import { aPurchase, aReceiptPicture } from '../../support/receipt-picture.ts';
import { aDataDir, type Ends, lastFirst, quiet, runtimeDir } from '../../support/store.ts';
import { aTelegram, botToken } from '../../support/telegram-server.ts';
import { aPerson } from '../../support/telegram-updates.ts';

/** The running service with everything that is real, and a hand on its database in place of a merchant's portal. */
async function aService(ends: Ends, env: Record<string, string> = {}) {
  const dataDir = await aDataDir(ends);
  const service = await startServiceProcess(dataDir, { OPEN_SIGNUP: 'true', ...env });
  ends.after(() => service[Symbol.asyncDispose]());
  const store = await connectStore({ dataDir, runtimeDir, log: quiet });
  ends.after(() => store[Symbol.asyncDispose]());
  const tickets = await createTickets(store.connection, realClock, (ticket, stage) => {
    return isFinal(stage) ? route(ticket, stage) : null;
  });
  const files = await createFiles(store.connection);

  /** What the invoice step does when the portal has given the invoice. */
  async function invoice(ticketId: string): Promise<void> {
    const invoiceFiles = await Promise.all(
      ['A-1.pdf', 'A-1.xml'].map(async (name) => {
        const bytes = Buffer.from(`the bytes of ${name}`);
        const sha256 = createHash('sha256').update(bytes).digest('hex');
        const mime = name.endsWith('pdf') ? 'application/pdf' : 'application/xml';
        await files.put(bytes, { sha256, mime });
        return { sha256, name, mime, sizeBytes: bytes.length };
      }),
    );
    for (const stage of ['AUTOMATION_QUEUE', 'WEB_AUTOMATION'] as const) await moveTo(tickets, ticketId, stage);
    await moveTo(tickets, ticketId, 'COMPLETED', { invoiceFiles });
  }

  return { service, tickets, invoice };
}

async function moveTo(
  tickets: Tickets,
  id: string,
  ...[to, patch]: [Parameters<Tickets['move']>[1], Parameters<Tickets['move']>[2]?]
) {
  const at = await tickets.load(id);
  assert.ok(at && (await tickets.move(at, to, patch)), `${id} to ${to}`);
}

test('Telegram: a photo shows its stages, is answered, corrected by button and typing, and its invoice comes attached', async (t) => {
  const ends = lastFirst(t);
  const server = await aTelegram(ends);
  const { tickets, invoice } = await aService(ends, { TELEGRAM_BOT_TOKEN: botToken, TELEGRAM_API_ROOT: server.root });
  const purchase = aPurchase(5);
  const ana = aPerson(server);
  const last = () => server.shown.at(-1);
  const press = (label: string) => {
    const shown = server.shown.findLast(({ keys }) => keys.some(({ text }) => text.includes(label)));
    ana.presses(shown?.keys.find(({ text }) => text.includes(label))?.callback_data ?? '', shown ?? null);
  };
  const hasKey = (label: string) => server.shown.some(({ keys }) => keys.some(({ text }) => text.includes(label)));

  ana.sendsPhoto(await aReceiptPicture(purchase.rows));
  await eventually(() => server.shown.some(({ text }) => text.includes(purchase.total)), true);
  const card = server.shown.find(({ text }) => text.includes(purchase.total));
  assert.match(card?.earlier.join(' ') ?? '', /Recibido|Leyendo/);
  press('Corregir');
  await eventually(() => hasKey('Total'), true);
  press('Total');
  await eventually(() => /total/i.test(last()?.text ?? '') && !last()?.keys.some(({ text }) => text === 'Total'), true);
  ana.says('250.00');
  const latest = async () => (await tickets.latest('default', { limit: 1 }))[0];
  await eventually(async () => (await latest())?.fields.total?.value, '250.00');
  const id = (await latest())?.id ?? '';
  await eventually(async () => (await latest())?.stage === 'COMPLETED' || press('Confirmar'), true);
  await invoice(id);

  const attached = () => server.shown.flatMap(({ file }) => (file ? [[file.name, String(file.bytes)]] : []));
  await eventually(attached, [
    ['A-1.pdf', 'the bytes of A-1.pdf'],
    ['A-1.xml', 'the bytes of A-1.xml'],
  ]);
  assert.equal(server.shown.filter(({ text }) => text.includes('250.00')).length >= 1, true);
});

test('Telegram: twenty photos at once keep their cards and get one summary', async (t) => {
  const ends = lastFirst(t);
  const server = await aTelegram(ends);
  await aService(ends, { TELEGRAM_BOT_TOKEN: botToken, TELEGRAM_API_ROOT: server.root });
  const ana = aPerson(server);

  for (let number = 0; number < 20; number += 1) ana.sendsPhoto(aPicture(`${number}`));

  const summaries = () => server.shown.filter(({ text }) => text.includes('❌ 20 que no pude leer')).length;
  // Twice the patience: it is the twentieth document's end that is waited for.
  await eventually(() => server.shown.length >= 5, true);
  await eventually(summaries, 1);
  const cards = server.shown.filter(({ text }) => /dañado|Terminé tus 16/.test(text) && !text.includes('❌ 20'));
  assert.equal(cards.length, 5);
});

test('web chat: the invoice can be downloaded from the document’s card, and from no other chat', async (t) => {
  const ends = lastFirst(t);
  const { service, tickets, invoice } = await aService(ends);
  const picture = await aReceiptPicture(aPurchase(6).rows);
  const form = aForm([{ name: 'recibo.png', bytes: picture }], { message: 'message-1' });
  const posted = await fetch(`${service.address}/api/webchat/documents`, {
    ...{ method: 'POST', headers: form.headers, body: new Uint8Array(form.payload) },
  });
  const cookie = (posted.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const { ticketId } = (await posted.json()) as { ticketId: string }; // our own API
  const stage = async () => isFinal((await tickets.get('default', ticketId))?.stage ?? 'UPLOADED');
  await eventually(stage, true);

  await invoice(ticketId);

  const get = (path: string, headers: Record<string, string> = { cookie }) =>
    fetch(`${service.address}${path}`, { headers });
  const { entries } = (await (await get('/api/webchat/messages')).json()) as {
    entries: { id: string; result?: { invoiceFiles?: { name: string; sha256: string }[] } }[];
  }; // our own API
  const shown = entries.find((entry) => entry.id === ticketId)?.result?.invoiceFiles ?? [];
  assert.deepEqual(
    shown.map(({ name }) => name),
    ['A-1.pdf', 'A-1.xml'],
  );
  const path = `/api/webchat/tickets/${ticketId}/invoice/${shown[0]?.sha256}`;
  const file = await get(path);
  assert.equal(await file.text(), 'the bytes of A-1.pdf');
  assert.equal((await get(path, {})).status, 404);
  assert.equal((await get(path.replace(/.$/, '0'))).status, 404);
  assert.equal(await (await get(path.replace('webchat/', ''), {})).text(), 'the bytes of A-1.pdf');
});

test('operators hear in their chat that a channel was logged out, once, and that it is linked again', async (t) => {
  const ends = lastFirst(t);
  const server = await aTelegram(ends);
  server.state.chats.add(-100);
  const env = { TELEGRAM_BOT_TOKEN: botToken, TELEGRAM_API_ROOT: server.root, ALERT_CHAT: 'telegram:-100' };
  const dataDir = await aDataDir(ends);
  await using _service = await startServiceProcess(dataDir, { ...env, ROLES: 'channels,jobs,api' });
  const store = await connectStore({ dataDir, runtimeDir, log: quiet });
  ends.after(() => store[Symbol.asyncDispose]());
  const states = await (await import('../../../src/store/channel-states.ts')).createChannelStates(store.connection);
  const publish = (status: 'logged-out' | 'receiving') => {
    const now = new Date();
    const state = { name: 'whatsapp', instance: 'another', since: now, lastError: null, link: null, canUnlink: true };
    return states.publish({ ...state, status, seenAt: now });
  };
  const heard = () => server.shown.filter(({ chat }) => chat === -100).map(({ text }) => text.slice(0, 10));

  await eventually(async () => {
    await publish('logged-out');
    return heard();
  }, ['🚨 Crítico']);
  await eventually(async () => {
    await publish('receiving');
    return heard();
  }, ['🚨 Crítico', '✅ Resuelto']);
});
