import assert from 'node:assert/strict';
import { test } from 'node:test';
import Fastify from 'fastify';
import type { GmailApi } from '../../../src/channels/gmail/google/gmail-api.ts';
import { GoogleError } from '../../../src/channels/gmail/google/google-error.ts';
import type { Session } from '../../../src/channels/gmail/google/mailbox-session.ts';
import { createGmailRoutes, pushPath } from '../../../src/channels/gmail/linking/routes.ts';
import { createWatch } from '../../../src/channels/gmail/watch.ts';
import type { Mailbox, MailboxChange } from '../../../src/store/mailboxes.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { quiet } from '../../support/store.ts';

const hourMs = 3_600_000;
const topic = 'projects/p/topics/gmail';

/** A watch on a mailbox; `watch` is what Gmail says. */
function aWatch(watch: () => Promise<{ historyId: string; expiration: string }>) {
  const clock = manualClock();
  const mailbox = { address: 'ana@example.test', watchUntil: null } as Mailbox; // the parts that it looks at
  const change = async (_address: string, changed: MailboxChange) => void Object.assign(mailbox, changed);
  const asked: string[] = [];
  const told = (name: string) => {
    asked.push(name);
    return watch();
  };
  const api = { watch: told } as Partial<GmailApi> as GmailApi; // nothing else is asked
  const session: Session = { call: (ask) => ask(api) };
  const keep = createWatch({ topic, mailboxes: { change }, clock, log: quiet });
  return { clock, asked, look: () => keep(session, mailbox) };
}

test('a watch of seven days is renewed every day, and not between', async () => {
  const watch = aWatch(async () => ({
    historyId: '1',
    expiration: String(watch.clock.now().getTime() + 7 * 24 * hourMs),
  }));

  await watch.look();
  watch.clock.advance(23 * hourMs);
  await watch.look();
  assert.deepEqual(watch.asked, [topic]);
  watch.clock.advance(hourMs + 1);
  await watch.look();

  assert.equal(watch.asked.length, 2);
});

test('a watch that is refused is tried again the next day; one that meets a limit or a revoked token ends the turn', async () => {
  const errors = [new GoogleError(403, 'forbidden', 'no rights'), new GoogleError(429, '', 'slow')];
  const watch = aWatch(async () => {
    throw errors.shift() ?? new Error('asked too often');
  });

  await watch.look();
  await watch.look();
  assert.equal(watch.asked.length, 1);
  watch.clock.advance(24 * hourMs + 1);

  await assert.rejects(watch.look(), { status: 429 });
});

test('a push rings the mailbox that it names; one without the secret is refused, and one that makes no sense is let go', async (t) => {
  const settings = { clientId: 'c', clientSecret: 's', rootUrl: 'http://g', oauthRootUrl: null, topic };
  const rung: string[] = [];
  const ring = async (address: string) => void rung.push(address);
  const linking = { complete: async () => ({ kind: 'expired', language: null }) as const };
  const app = Fastify();
  t.after(() => app.close());
  await app.register(createGmailRoutes({ settings, linking, ring, language: 'es' }));
  const data = Buffer.from('{"emailAddress":"Ana@Example.test","historyId":1}').toString('base64');
  const post = (url: string, payload: object) => app.inject({ method: 'POST', url, payload });

  const good = await post(pushPath(settings), { message: { data } });
  const odd = await post(pushPath(settings), { message: { data: 'no' } });
  const forged = await post('/oauth/google/push/guess', { message: { data } });

  assert.deepEqual([good.statusCode, odd.statusCode], [204, 204]);
  assert.ok(forged.statusCode >= 400);
  assert.deepEqual(rung, ['ana@example.test']);
});
