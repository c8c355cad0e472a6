import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { PortalState } from '../../src/domain/portal.ts';
import { aTicket } from '../support/builders.ts';
import { aLinkedPerson, fieldsOf } from '../support/conversation.ts';
import { ourProfile as profile } from '../support/portals/our-profile.ts';

const portal: PortalState = {
  recipeId: 'oxxo',
  name: 'OXXO',
  isVerified: false,
  outcome: null,
  words: null,
  lastDay: '2026-01-31',
  missing: [],
};

/** A receipt of the person's chat that has come to its end, at a merchant whose portal is known. */
async function aReceipt(
  t: TestContext,
  { change = {}, hasProfile = true }: { change?: Partial<PortalState>; hasProfile?: boolean } = {},
) {
  const person = await aLinkedPerson(t);
  const source = { channel: 'telegram', account: 'bot', chat: 'ana', message: '7', attachment: 0 };
  const ticket = aTicket({ source, stage: 'COMPLETED', kind: 'receipt', fields: fieldsOf({ total: '466.00' }) });
  const { history: _history, createdAt: _createdAt, updatedAt: _updatedAt, ...fresh } = ticket;
  await person.tickets.create({ ...fresh, portal: { ...portal, ...change } });
  if (hasProfile) await person.fiscalProfiles.save('acme', profile, 'ana');
  const stage = async () => (await person.tickets.load(ticket.id))?.ticket.stage;
  return { ...person, id: ticket.id, stage };
}

test('the button sends a receipt to its portal, once', async (t) => {
  const { press, stage, id, flushed } = await aReceipt(t);

  const [begun] = await press(`cmd:invoice:${id}`);
  const [again] = await press(`cmd:invoice:${id}`);

  assert.match(begun?.text ?? '', /portal de OXXO/);
  assert.equal(await stage(), 'AUTOMATION_QUEUE');
  assert.deepEqual(flushed, [id]);
  assert.match(again?.text ?? '', /Ya estoy pidiendo/);
});

test('/facturar in reply to the receipt does the same; by itself it says how', async (t) => {
  const { conversation, aSaidHere, say, stage, id } = await aReceipt(t);

  const [how] = await say('/facturar');
  await conversation.handle({ ...aSaidHere('/facturar'), aboutTicketId: id });

  assert.match(how?.text ?? '', /Responde \/facturar/);
  assert.equal(await stage(), 'AUTOMATION_QUEUE');
});

test('without fiscal data these are asked for first', async (t) => {
  const { press, stage, id } = await aReceipt(t, { hasProfile: false });

  const [reply] = await press(`cmd:invoice:${id}`);

  assert.equal(reply?.buttons?.[0]?.[0]?.data, 'fis:start');
  assert.equal(await stage(), 'COMPLETED');
});

test('what the portal wants and the ticket did not give is typed in the chat', async (t) => {
  const missing = [
    { name: 'saleId', es: 'ID de venta', en: 'Sale ID' },
    { name: 'saleFolio', es: 'Folio de venta', en: 'Sale folio' },
  ];
  const { press, say, stage, id, portalRuns } = await aReceipt(t, { change: { missing } });

  const [asked] = await press(`cmd:invoice:${id}`);
  await press(asked?.buttons?.[0]?.[0]?.data ?? '');
  const [next] = await say('10AB 99');
  await press(next?.buttons?.[0]?.[0]?.data ?? '');
  await say('184467');

  assert.deepEqual(
    asked?.buttons?.flat().map(({ label }) => label),
    ['ID de venta', 'Folio de venta'],
  );
  assert.deepEqual((await portalRuns.of(id))?.given, { saleId: '10AB99', saleFolio: '184467' });
  assert.equal(await stage(), 'AUTOMATION_QUEUE');
});

test('a document that has its invoice, or no portal, or is another company’s, goes nowhere', async (t) => {
  const { press, stage, id, people, conversation, aSaidHere } = await aReceipt(t, { change: { outcome: 'ok' } });
  const identity = { channel: 'telegram', account: 'bot', sender: 'eva' };
  await people.join({ companyId: 'other', roles: ['owner'], name: 'Eva', identity });
  const data = `cmd:invoice:${id}`;

  const [has] = await press(data);
  const [foreign] = await conversation.handle({
    ...aSaidHere(''),
    ...{ sender: 'eva', chat: 'eva', what: { kind: 'button', data } },
  });

  assert.match(has?.text ?? '', /ya está hecha/);
  assert.match(foreign?.text ?? '', /no encuentro|no encontré/i);
  assert.equal(await stage(), 'COMPLETED');
});

test('while a portal shows a captcha, the next words are its answer and a command is not', async (t) => {
  const { say, portalQuestions, id, clock } = await aReceipt(t);
  const chat = { channel: 'telegram', account: 'bot', chat: 'ana' };
  await portalQuestions.ask(id, chat, clock.now(), new Date(clock.now().getTime() + 60_000));

  const [status] = await say('/estado');
  const [thanks] = await say('K7 QXM');
  const [later] = await say('K7 QXM');

  assert.doesNotMatch(status?.text ?? '', /portal/);
  assert.match(thanks?.text ?? '', /sigo con el portal/);
  assert.equal(await portalQuestions.answerOf(id), 'K7 QXM');
  assert.doesNotMatch(later?.text ?? '', /portal/);
});
