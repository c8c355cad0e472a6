import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { aPicture } from '../../support/builders.ts';
import { eventually } from '../../support/eventually.ts';
import { aMail } from '../../support/gmail-mails.ts';
import { aGoogle, ana, clientId, clientSecret, type GoogleServer } from '../../support/gmail-server.ts';
import { type RunningService, startServiceProcess } from '../../support/process-service.ts';
import { aPurchase, aReceiptPicture } from '../../support/receipt-picture.ts';
import { aDataDir, type Ends, lastFirst } from '../../support/store.ts';
import { aTelegram, botToken } from '../../support/telegram-server.ts';
import { aPerson } from '../../support/telegram-updates.ts';
import { linkIn } from './a-mail-world.ts';

/** Google wants to know beforehand where people are sent back to. */
async function aFreePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return String(typeof address === 'object' ? address?.port : '');
}

async function aService(ends: Ends, roles = 'channels,api,read,understand,jobs') {
  const dataDir = await aDataDir(ends);
  const telegram = await aTelegram(ends);
  const port = await aFreePort();
  const google = await aGoogle(ends, `http://127.0.0.1:${port}`);
  const env = {
    ...{
      PORT: port,
      ROLES: roles,
      OPEN_SIGNUP: 'true',
      TELEGRAM_BOT_TOKEN: botToken,
      TELEGRAM_API_ROOT: telegram.root,
    },
    ...{ GMAIL_ROOT_URL: google.root, GOOGLE_OAUTH_ROOT_URL: google.root },
    ...{ GOOGLE_CLIENT_ID: clientId, GOOGLE_CLIENT_SECRET: clientSecret },
  };
  const person = aPerson(telegram);
  const start = () => startServiceProcess(dataDir, env);
  const said = () => telegram.shown.map(({ text }) => text);

  /** `/vincular gmail` in the chat, the link, agreeing, the page, and what the chat says then. */
  async function link(): Promise<string> {
    person.says('/vincular gmail');
    await eventually(() => said().some((text) => linkIn(text) !== ''), true);
    const back = await google.agree(linkIn(said().find((text) => linkIn(text) !== '') ?? ''));
    const page = await (await fetch(back)).text();
    await eventually(() => said().some((text) => text.includes('Listo: leo el correo')), true);
    return page;
  }

  return { google, inbox: google.mailboxOf(ana), start, link, said };
}

test('from the chat to the label: /vincular gmail, the page, "done" in the chat, a receipt by mail, its label', async (t) => {
  const world = await aService(lastFirst(t));
  await using service = await world.start();

  const page = await world.link();
  const purchase = aPurchase(7);
  const parts = [{ name: 'recibo.png', mime: 'image/png', bytes: await aReceiptPicture(purchase.rows) }];
  const mail = await world.inbox.receive(aMail({ parts }));

  assert.match(page, /ana@example\.test ya está vinculado/);
  await eventually(async () => (await world.inbox.labels(mail.id)).length, 1);
  const [ticket] = await ticketsOf(service);
  assert.equal(ticket?.fields['total']?.value, purchase.total);
});

/** Where the service is when it is killed: in the middle of this call of Google's. */
const moments: [string, RegExp][] = [
  ['while it hears of the mail', /GET .*\/history$/],
  ['while it fetches the mail', /GET .*\/messages\/[^/]+$/],
];

for (const [moment, on] of moments) {
  test(`kill -9 ${moment}: after the restart its document is there once`, async (t) => {
    const ends = lastFirst(t);
    const world = await aService(ends, 'channels,api');
    let service = await world.start();
    ends.after(() => service[Symbol.asyncDispose]());
    await world.link();
    await world.inbox.receive(aMail({ parts: [{ name: 'a.png', mime: 'image/png', bytes: aPicture('antes') }] }));
    await eventually(async () => (await ticketsOf(service)).length, 1);

    await killAt(world.google, service, on, async () => {
      await world.inbox.receive(aMail({ parts: [{ name: 'b.png', mime: 'image/png', bytes: aPicture('durante') }] }));
    });
    service = await world.start();

    await eventually(async () => (await ticketsOf(service)).length, 2);
    await world.inbox.receive(aMail({ parts: [{ name: 'c.png', mime: 'image/png', bytes: aPicture('después') }] }));
    await eventually(
      async () => (await ticketsOf(service)).map(({ file }) => file).sort(),
      ['a.png', 'b.png', 'c.png'],
    );
  });
}

async function killAt(
  google: GoogleServer,
  { child }: RunningService,
  on: RegExp,
  then: () => Promise<void>,
): Promise<void> {
  const reached = Promise.withResolvers<void>();
  const hold = async (): Promise<void> => {
    reached.resolve();
    await once(child, 'exit');
  };
  google.faults.push({ on, drop: true, after: true, hold });
  await then();
  await reached.promise;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

interface Listed {
  file: string;
  fields: Record<string, { value: string } | undefined>;
}

async function ticketsOf({ address }: RunningService): Promise<Listed[]> {
  return ((await (await fetch(`${address}/api/tickets`)).json()) as { tickets: Listed[] }).tickets; // our own API
}
