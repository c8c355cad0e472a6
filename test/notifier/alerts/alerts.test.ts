import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Notice } from '../../../src/channels/channel.ts';
import type { NewAlert } from '../../../src/domain/alert.ts';
import { type AlertSettings, createAlertTeller } from '../../../src/notifier/alerts/teller.ts';
import { createAlerts } from '../../../src/store/alerts.ts';
import { createPeople } from '../../../src/store/people.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { aStore } from '../../support/store.ts';

const minute = 60_000;
const dead: NewAlert = {
  key: 'dead-letters:read',
  code: 'dead-letters',
  severity: 'warning',
  detail: { queue: 'read', count: '3' },
};

/** Alerts on a database of the test's own, and what operators hear of them. */
async function aDesk(t: TestContext, changes: Partial<AlertSettings> = {}) {
  const { connection } = await aStore(t);
  const clock = manualClock();
  const alerts = await createAlerts(connection, clock);
  const people = await createPeople(connection, clock);
  const heard: (Notice & { channel: string })[] = [];
  const tell = async (channel: string, notice: Notice) => {
    if (!heard.some(({ id }) => id === notice.id)) heard.push({ channel, ...notice });
  };
  const chat = { channel: 'telegram', chat: '-100' };
  const settings = { chat, escalationChat: null, escalateAfterMs: 30 * minute, ...changes };
  const { tellAll } = createAlertTeller({ alerts, people, tell, settings, language: 'es', clock });
  const texts = () => heard.map(({ channel, chat: to, reply }) => `${channel}:${to} ${reply.text}`);
  return { alerts, people, clock, tellAll, heard, texts };
}

test('what goes wrong is told once, however often it is seen', async (t) => {
  const { alerts, tellAll, texts } = await aDesk(t);

  await alerts.raise(dead);
  await tellAll();
  await alerts.raise({ ...dead, detail: { queue: 'read', count: '4' } });
  await tellAll();

  assert.deepEqual(texts(), [
    'telegram:-100 ⚠️ Atención · Mensajes que fallaron del todo en la cola read: 3. Mira recibot dead-letters list.',
  ]);
  const [open] = await alerts.list({ isOpen: true, limit: 10 });
  assert.deepEqual([open?.count, open?.detail['count']], [2, '4']);
});

test('when it is over that is told too, with how long it took', async (t) => {
  const { alerts, tellAll, texts, clock } = await aDesk(t);
  await alerts.raise(dead);
  await tellAll();
  clock.advance(12 * minute);

  await alerts.resolve(dead.key);
  await tellAll();
  await tellAll();

  assert.equal(texts().length, 2);
  assert.match(texts()[1] ?? '', /✅ Resuelto tras 12 min: Mensajes que fallaron/);
  assert.deepEqual(await alerts.list({ isOpen: true, limit: 10 }), []);
});

test('what nobody mends is told again, more severe, to the second chat too; and not for ever', async (t) => {
  const escalationChat = { channel: 'whatsapp', chat: '52155@s.whatsapp.net' };
  const { alerts, tellAll, texts, clock } = await aDesk(t, { escalationChat });
  await alerts.raise(dead);
  await tellAll();

  for (let round = 0; round < 6; round += 1) {
    clock.advance(31 * minute);
    await tellAll();
  }

  const begins = texts().map((text) => text.slice(0, text.indexOf(' ·')));
  assert.deepEqual(begins, [
    'telegram:-100 ⚠️ Atención',
    ...['telegram:-100 🚨 Crítico', 'whatsapp:52155@s.whatsapp.net 🚨 Crítico'],
    ...['telegram:-100 🚨 Crítico', 'whatsapp:52155@s.whatsapp.net 🚨 Crítico'],
  ]);
  assert.match(texts()[1] ?? '', /Sigue así desde hace 31 min/);
});

test('trouble that comes and goes is told once, until it has lasted', async (t) => {
  const { alerts, tellAll, texts, clock } = await aDesk(t);
  await alerts.raise(dead);
  await tellAll();
  await alerts.resolve(dead.key);
  await tellAll();

  for (let round = 0; round < 5; round += 1) {
    clock.advance(minute);
    await alerts.raise(dead);
    await tellAll();
    clock.advance(minute);
    await alerts.resolve(dead.key);
    await tellAll();
  }
  assert.equal(texts().length, 2);
  await alerts.raise(dead);
  clock.advance(11 * minute);
  await tellAll();

  assert.equal(texts().length, 3);
});

test('without a chat of their own the operators hear it, each in their language', async (t) => {
  const { alerts, people, tellAll, texts } = await aDesk(t, { chat: null });
  const identity = (channel: string, sender: string) => ({ channel, account: 'bot', sender });
  const join = (role: 'operator' | 'member', sender: string) =>
    people.join({ companyId: 'acme', roles: [role], name: sender, identity: identity('telegram', sender) });
  const john = await join('operator', '11');
  await people.setLanguage('acme', john.id, 'en');
  await join('operator', '12');
  await join('member', '13');

  await alerts.raise(dead);
  await tellAll();

  const begins = texts()
    .map((text) => text.slice(0, 30))
    .sort();
  assert.deepEqual(begins, ['telegram:11 ⚠️ Warning · Messa', 'telegram:12 ⚠️ Atención · Mens']);
});

test('a mere notice may wait until morning; what is urgent may not', async (t) => {
  const { alerts, tellAll, heard } = await aDesk(t);

  await alerts.raise({ ...dead, severity: 'info' });
  await alerts.raise({ ...dead, key: 'dead-letters:classify' });
  await tellAll();

  assert.deepEqual(heard.map(({ canWait }) => canWait).sort(), [false, true]);
});

test('two processes that see the same open one alert and tell it once', async (t) => {
  const { alerts, tellAll, texts } = await aDesk(t);

  await Promise.all([alerts.raise(dead), alerts.raise(dead), alerts.raise(dead)]);
  await Promise.all([tellAll(), tellAll()]);

  assert.equal(texts().length, 1);
  assert.equal((await alerts.list({ isOpen: true, limit: 10 })).length, 1);
});
