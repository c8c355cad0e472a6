/**
 * Mailboxes on this machine, against `emulate` on loopback: `node bench/gmail.ts [--json] [--mails N]`.
 * `heard` is from the question for new mail to the mail in the journal and the cursor behind it, Google's part included; `taken` from a
 * mail's arrival to its ticket; the burst is taken in by one process.
 */
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { createGmail } from '../src/channels/gmail/gmail.ts';
import { openMailboxes } from '../src/channels/gmail/open-mailboxes.ts';
import { route } from '../src/flow.ts';
import { describeFailure } from '../src/notifier/describe.ts';
import { createIntake } from '../src/pipeline/intake.ts';
import { identifyFile } from '../src/pipeline/read/identify-file.ts';
import { createSecrets } from '../src/secrets/secrets.ts';
import { createFiles } from '../src/store/files.ts';
import { createMailboxLinks } from '../src/store/mailbox-links.ts';
import { createMailboxMessages } from '../src/store/mailbox-messages.ts';
import { createMailboxes } from '../src/store/mailboxes.ts';
import { createPeople } from '../src/store/people.ts';
import { createTickets } from '../src/store/tickets.ts';
import { aPicture } from '../test/support/builders.ts';
import { eventually } from '../test/support/eventually.ts';
import { aMail } from '../test/support/gmail-mails.ts';
import { aGoogle, ana, clientId, clientSecret } from '../test/support/gmail-server.ts';
import { realClock } from '../test/support/real-clock.ts';
import { aStore, quiet } from '../test/support/store.ts';

const singles = 30;
const { values } = parseArgs({ options: { json: { type: 'boolean' }, mails: { type: 'string', default: '200' } } });
const mails = Number(values.mails);

await using ends = new AsyncDisposableStack();
const t = { after: (end: () => unknown) => ends.defer(async () => void (await end())) };
const { connection } = await aStore(t);
const google = await aGoogle(t);
const inbox = google.mailboxOf(ana);
const heardMs: number[] = [];
const takenMs: number[] = [];
const channel = await aLinkedChannel();
await channel?.start();
ends.defer(async () => channel?.stop());

await measureSingles();
const burst = await measureBurst();
const result = { heardP50Ms: middle(heardMs), takenP50Ms: middle(takenMs), mails, ...burst };
if (values.json) console.log(JSON.stringify(result, null, 2));
else console.table(result);

async function aLinkedChannel() {
  const owner = { channel: 'telegram', account: 'bot', sender: '1' };
  const people = await createPeople(connection, realClock);
  await people.join({ companyId: 'bench', roles: ['member'], name: 'Ana', identity: owner });
  const messages = await createMailboxMessages(connection);
  const mailboxes = await createMailboxes(connection);
  const parts = {
    people,
    messages,
    mailboxes,
    links: await createMailboxLinks(connection),
    clock: realClock,
    log: quiet,
  };
  const secrets = createSecrets(randomBytes(32).toString('base64'));
  const tell = async () => undefined;
  const settings = { clientId, clientSecret, rootUrl: google.root, oauthRootUrl: google.root, topic: null };
  const gmail = openMailboxes(settings, { ...parts, secrets, tell, publicUrl: () => 'http://recibot.test' });
  const invitation = await gmail.linking.invite(
    'bench',
    { ...owner, chat: '1', senderName: '', language: null, id: '1' },
    'es',
  );
  const back = new URL(await google.agree(/https?:\S+/.exec(invitation)?.[0] ?? '')).searchParams;
  await gmail.linking.complete({ state: back.get('state') ?? '', code: back.get('code') });
  const { moveCursor } = mailboxes;
  mailboxes.moveCursor = async (...moved) => {
    await moveCursor(...moved);
    heardMs.push(performance.now() - (google.asked(/\/history$/).at(-1)?.at ?? Number.NaN));
  };
  const tickets = await createTickets(connection, realClock, route);
  const store = {
    tickets,
    files: await createFiles(connection),
    outbox: { flush: async () => undefined, sweep: async () => 0 },
  };
  const intake = createIntake({ ...store, identify: identifyFile, profile: 'balanced', log: quiet });
  const pace = { pollMs: 20, firstPauseMs: { limited: 1_000, away: 1_000 } };
  const shared = { intake, tell, describeFailure, conversation: { known: people.ofIdentity } };
  return createGmail({ gmail, ...shared, pace, language: 'es', clock: realClock, log: quiet });
}

function kept(): Promise<number> {
  return connection.collection('tickets').countDocuments({ companyId: 'bench' });
}

function aReceipt(size = 0): Buffer {
  const bytes = Buffer.concat([aPicture(), Buffer.alloc(size, 7)]);
  return aMail({ parts: [{ name: 'r.png', mime: 'image/png', bytes }] });
}

async function measureSingles(): Promise<void> {
  for (let number = 1; number <= singles; number += 1) {
    const began = performance.now();
    await inbox.receive(aReceipt());
    await eventually(kept, number);
    takenMs.push(performance.now() - began);
  }
}

async function measureBurst() {
  for (let number = 0; number < mails; number += 1) await inbox.receive(aReceipt(200_000));
  const before = process.memoryUsage().rss;
  const already = await kept();
  const began = performance.now();
  while ((await kept()) < singles + mails) await realClock.sleep(20);
  const seconds = (performance.now() - began) / 1_000;
  const rssGrowthMb = round((process.memoryUsage().rss - before) / 1e6);
  return { kept: await kept(), mailsPerSecond: round((singles + mails - already) / seconds), rssGrowthMb };
}

function middle(all: number[]): number {
  return round(all.sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
