import assert from 'node:assert/strict';
import { test } from 'node:test';
import { showLinkCode } from '../../src/domain/link-code.ts';
import { aConversation, aLinkedPerson, aSaid } from '../support/conversation.ts';

const grant = { companyId: 'acme', roles: ['member' as const], personId: null };

test('a stranger is told once an hour how to be linked, and can do nothing else', async (t) => {
  const { conversation, clock } = await aConversation(t);

  const [first] = await conversation.handle(aSaid('facturas'));
  assert.match(first?.text ?? '', /código de acceso/);
  assert.deepEqual(await conversation.handle(aSaid('/gastos')), []);
  assert.deepEqual(await conversation.handle(aSaid('', { what: { kind: 'button', data: 'cmd:status' } })), []);

  clock.advance(3_600_000);
  assert.equal((await conversation.handle(aSaid('hola'))).length, 1);
});

test('a stranger’s documents are not taken in', async (t) => {
  const { conversation } = await aConversation(t);
  const { what: _, ...who } = aSaid('');

  const access = await conversation.admit(who);
  const again = await conversation.admit(who);

  assert.equal(access.kind, 'stranger');
  assert.deepEqual(again, { kind: 'stranger', replies: [] });
});

test('a stranger is linked by a code: after /start, after vincular, or by itself', async (t) => {
  const { conversation, linkCodes, people } = await aConversation(t);
  const says = [(code: string) => `/start ${code}`, (code: string) => `vincular ${showLinkCode(code)}`, showLinkCode];

  for (const [number, say] of says.entries()) {
    const sender = `sender-${number}`;
    const { code } = await linkCodes.make(grant);
    const [reply] = await conversation.handle(aSaid(say(code), { sender, chat: sender }));

    assert.match(reply?.text ?? '', /Listo/);
    const person = await people.ofIdentity({ channel: 'telegram', account: 'bot', sender });
    assert.equal(person?.companyId, 'acme');
  }
});

test('a linked person’s documents go into their company, in their language', async (t) => {
  const { conversation, person, press } = await aLinkedPerson(t);
  const { what: _, ...who } = aSaid('');
  await press('lang:en');

  const access = await conversation.admit(who);

  assert.deepEqual(access, { kind: 'linked', companyId: 'acme', personId: person.id, language: 'en' });
});

test('a sender has five tries an hour to name a code; the sixth is not looked at, even when it is right', async (t) => {
  const { conversation, linkCodes, clock } = await aConversation(t);
  const { code } = await linkCodes.make(grant);
  for (let tries = 0; tries < 5; tries += 1) await conversation.handle(aSaid('2222ABCD'));

  const [sixth] = await conversation.handle(aSaid(code));
  assert.match(sixth?.text ?? '', /Demasiados intentos/);
  assert.deepEqual(await conversation.handle(aSaid(code)), []);

  clock.advance(3_600_000);
  const fresh = await linkCodes.make(grant);
  assert.match((await conversation.handle(aSaid(fresh.code)))[0]?.text ?? '', /Listo/);
});

test('with open sign-up whoever writes becomes a member of the default company', async (t) => {
  const { conversation, people } = await aConversation(t, { openCompanyId: 'default' });

  const [reply] = await conversation.handle(aSaid('hola'));

  assert.match(reply?.text ?? '', /Soy Recibot/);
  const person = await people.ofIdentity({ channel: 'telegram', account: 'bot', sender: 'ana' });
  assert.deepEqual([person?.companyId, person?.roles], ['default', ['member']]);
});

test('a code made in the chat by a person links another channel to the same person', async (t) => {
  const { conversation, say, person, people } = await aLinkedPerson(t);
  const [reply] = await say('vincular');
  const code = /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(reply?.text ?? '')?.[0] ?? '';

  await conversation.handle(aSaid(code, { channel: 'whatsapp', account: '521', chat: 'x', sender: 'x' }));

  const found = await people.ofIdentity({ channel: 'whatsapp', account: '521', sender: 'x' });
  assert.equal(found?.id, person.id);
});

test('a code gives a linked person its role, once, if it is of their own company', async (t) => {
  const { say, linkCodes, people, conversation } = await aLinkedPerson(t, { role: 'member' });
  const foreign = await linkCodes.make({ companyId: 'other', roles: ['owner'], personId: null });
  const own = await linkCodes.make({ companyId: 'acme', roles: ['owner'], personId: null });
  const rolesNow = async () => (await people.ofIdentity({ channel: 'telegram', account: 'bot', sender: 'ana' }))?.roles;

  assert.match((await say(foreign.code))[0]?.text ?? '', /ya está vinculado/);
  assert.deepEqual(await rolesNow(), ['member']);
  assert.match((await say(`/start ${own.code}`))[0]?.text ?? '', /también eres dueño/);
  assert.deepEqual(await rolesNow(), ['member', 'owner']);

  const eve = await conversation.handle(aSaid(foreign.code, { sender: 'eve', chat: 'eve' }));
  assert.match(eve[0]?.text ?? '', /Listo/);
});

test('a burst of messages of one person is answered politely once beyond what anybody types', async (t) => {
  const { say, clock } = await aLinkedPerson(t);
  const answers = [];
  for (let number = 0; number < 50; number += 1) answers.push(await say('ayuda'));

  assert.equal(answers.filter(([reply]) => reply?.text.includes('Soy Recibot')).length, 40);
  assert.equal(answers.filter(([reply]) => reply?.text.includes('muy rápido')).length, 1);
  clock.advance(60_000);
  assert.equal((await say('ayuda')).length, 1);
});
