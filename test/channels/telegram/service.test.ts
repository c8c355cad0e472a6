import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { aPicture } from '../../support/builders.ts';
import { eventually } from '../../support/eventually.ts';
import { type RunningService, startServiceProcess } from '../../support/process-service.ts';
import { aPurchase, aReceiptPicture } from '../../support/receipt-picture.ts';
import { aDataDir, lastFirst } from '../../support/store.ts';
import { aTelegram, botToken, type TelegramServer } from '../../support/telegram-server.ts';
import { aPerson } from '../../support/telegram-updates.ts';

function envFor(server: TelegramServer) {
  return { TELEGRAM_BOT_TOKEN: botToken, TELEGRAM_API_ROOT: server.root, OPEN_SIGNUP: 'true' };
}

async function kill({ child }: RunningService): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

test('a photo sent to the running service is answered with its total, on the message that showed the progress', async (t) => {
  const ends = lastFirst(t);
  const dataDir = await aDataDir(ends);
  const server = await aTelegram(ends);
  const purchase = aPurchase(5);
  await using _service = await startServiceProcess(dataDir, envFor(server));

  aPerson(server).sendsPhoto(await aReceiptPicture(purchase.rows));

  const answered = () => server.shown.filter(({ text }) => text.includes(purchase.total)).length;
  await eventually(answered, 1);
  const shown = server.shown.find(({ text }) => text.includes(purchase.total));
  assert.match(shown?.earlier[0] ?? '', /Recibido|Leyendo/);
});

/** Where the service is when it is killed: in the middle of this call of the Bot API. */
const moments = ['getUpdates', 'getFile', 'file', 'sendMessage'];

test('kill -9 at any point of intake: after the restart the document is there once and its message too', async (t) => {
  const ends = lastFirst(t);
  const dataDir = await aDataDir(ends);
  const server = await aTelegram(ends);
  const ana = aPerson(server);
  const env = { ...envFor(server), ROLES: 'channels,api' };
  let service = await startServiceProcess(dataDir, env);
  ends.after(() => service[Symbol.asyncDispose]());

  for (const method of moments) {
    const reached = Promise.withResolvers<void>();
    await eventually(() => server.state.poller !== null, true);
    const hold = async (): Promise<void> => {
      reached.resolve();
      await once(service.child, 'exit');
    };
    server.faults.push({ method, drop: true, hold });
    ana.sendsPhoto(aPicture(method));
    await reached.promise;
    await kill(service);
    service = await startServiceProcess(dataDir, env);
    const expected = moments.indexOf(method) + 1;
    await eventually(() => ticketsOf(service), expected);
    await eventually(() => server.shown.length, expected);
  }

  assert.equal(new Set(server.shown.map(({ id }) => id)).size, moments.length);
});

async function ticketsOf({ address }: RunningService): Promise<number> {
  const { tickets } = (await (await fetch(`${address}/api/tickets`)).json()) as { tickets: unknown[] }; // our own API
  return tickets.length;
}
