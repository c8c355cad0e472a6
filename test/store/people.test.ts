import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linkCodeLifetimeMs } from '../../src/domain/link-code.ts';
import { createLinkCodes } from '../../src/store/link-codes.ts';
import { createPeople } from '../../src/store/people.ts';
import { manualClock } from '../support/manual-clock.ts';
import { aStore } from '../support/store.ts';

const ana = { channel: 'telegram', account: 'bot', sender: 'ana' };
const anaOnWhatsApp = { channel: 'whatsapp', account: '52155', sender: 'ana@lid' };
const eve = { channel: 'telegram', account: 'bot', sender: 'eve' };
const newcomer = { companyId: 'acme', roles: ['member' as const], name: 'Ana', identity: ana };

test('one identity belongs to one person, also when it joins twice at once', async (t) => {
  const people = await createPeople((await aStore(t)).connection, manualClock());

  const [first, second] = await Promise.all([people.join(newcomer), people.join({ ...newcomer, companyId: 'other' })]);

  assert.equal(first.id, second.id);
  assert.equal((await people.ofIdentity(ana))?.id, first.id);
});

test('a person is reached by several channels, and nobody takes an identity from another', async (t) => {
  const people = await createPeople((await aStore(t)).connection, manualClock());
  const person = await people.join(newcomer);
  const other = await people.join({ ...newcomer, identity: eve });

  await people.addIdentity('acme', person.id, anaOnWhatsApp);
  await people.addIdentity('acme', person.id, anaOnWhatsApp);
  const taken = await people.addIdentity('acme', other.id, ana);

  assert.equal(taken, null);
  assert.deepEqual((await people.ofIdentity(anaOnWhatsApp))?.identities, [ana, anaOnWhatsApp]);
});

test('a person’s language is theirs only within their company', async (t) => {
  const people = await createPeople((await aStore(t)).connection, manualClock());
  const person = await people.join(newcomer);

  await people.setLanguage('other', person.id, 'en');
  assert.equal((await people.ofIdentity(ana))?.language, null);

  await people.setLanguage('acme', person.id, 'en');
  assert.equal((await people.ofIdentity(ana))?.language, 'en');
});

test('a link code is used once; whoever used it may repeat it, nobody else', async (t) => {
  const codes = await createLinkCodes((await aStore(t)).connection, manualClock());
  const grant = { companyId: 'acme', roles: ['reviewer' as const], personId: null };
  const { code } = await codes.make(grant);

  const claims = await Promise.all([codes.claim(code, ana), codes.claim(code, eve)]);

  assert.deepEqual(claims.filter(Boolean), [grant]);
  const winner = claims[0] ? ana : eve;
  assert.deepEqual(await codes.claim(code, winner), grant);
});

test('a link code that is too old or was never made opens nothing', async (t) => {
  const clock = manualClock();
  const codes = await createLinkCodes((await aStore(t)).connection, clock);
  const { code } = await codes.make({ companyId: 'acme', roles: ['member'], personId: null });

  assert.equal(await codes.claim('2222ABCD', ana), null);
  clock.advance(linkCodeLifetimeMs);
  assert.equal(await codes.claim(code, ana), null);
});

test('a link code is not readable in the database', async (t) => {
  const { connection } = await aStore(t);
  const codes = await createLinkCodes(connection, manualClock());

  const { code } = await codes.make({ companyId: 'acme', roles: ['member'], personId: null });

  const kept = await connection.collection('link_codes').find().toArray();
  assert.equal(JSON.stringify(kept).includes(code), false);
});
