import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aLinkedPerson } from '../support/conversation.ts';

test('fiscal data are asked for one by one, shown, and kept for the company when confirmed', async (t) => {
  const { say, press, fiscalProfiles } = await aLinkedPerson(t);
  const [start] = await say('datos');
  assert.match(start?.text ?? '', /Aún no tengo/);

  await press(start?.buttons?.[0]?.[0]?.data ?? '');
  await say('goya780416gm0');
  await say('  José   Gómez Yáñez ');
  await press('fis:612');
  await say('06700');
  await press('fis:G03');
  const [shown] = await say('Ana@Example.com');
  assert.match(
    shown?.text ?? '',
    /RFC[^\n]*GOYA780416GM0\n[^\n]*JOSÉ GÓMEZ YÁÑEZ\n[^\n]*612[^\n]*\n[^\n]*06700\n[^\n]*G03[^\n]*\n[^\n]*ana@example\.com/,
  );
  assert.equal(await fiscalProfiles.of('acme'), null);
  await press('fis:ok');

  assert.deepEqual(await fiscalProfiles.of('acme'), {
    ...{ taxId: 'GOYA780416GM0', country: 'MX', name: 'JOSÉ GÓMEZ YÁÑEZ', regime: '612' },
    ...{ postalCode: '06700', cfdiUse: 'G03', email: 'ana@example.com' },
  });
  assert.match((await say('datos'))[0]?.text ?? '', /GOYA780416GM0/);
});

test('a name with the kind of company is asked about before it is taken', async (t) => {
  const { say, press } = await aLinkedPerson(t);
  await press('fis:start');
  await say('AAA010101AAA');

  const [question] = await say('Abarrotes La Muestra, S.A. de C.V.');
  assert.match(question?.buttons?.[0]?.[0]?.label ?? '', /«ABARROTES LA MUESTRA»/);
  const [next] = await press('fis:strip');

  assert.match(next?.text ?? '', /régimen/);
});

test('a wrong check digit is warned of, and a wrong answer is asked for again', async (t) => {
  const { say, press } = await aLinkedPerson(t);
  await press('fis:start');

  assert.match((await say('hola'))[0]?.text ?? '', /no tiene la forma[\s\S]*¿Cuál es el RFC/);
  assert.match((await say('x'.repeat(10_000)))[0]?.text ?? '', /no tiene la forma/);
  assert.match((await say('GOYA780416GM1'))[0]?.text ?? '', /dígito verificador[\s\S]*razón social/);
  await say('José Gómez');
  assert.match((await press('fis:601'))[0]?.text ?? '', /no es de un régimen/);
  await press('fis:612');
  assert.match((await say('123'))[0]?.text ?? '', /5 dígitos/);
});

test('outside of Mexico only what is needed there is asked for', async (t) => {
  const { say, press, fiscalProfiles } = await aLinkedPerson(t);
  await press('fis:start');
  await say('899.999.068-1');
  await say('Café Ñandú S.A.S.');
  await say('pagos@example.com');

  await press('fis:ok');

  const kept = await fiscalProfiles.of('acme');
  assert.deepEqual([kept?.country, kept?.name, kept?.regime], ['CO', 'Café Ñandú S.A.S.', null]);
});

test('cancelling keeps what was there', async (t) => {
  const { say, press, fiscalProfiles } = await aLinkedPerson(t);
  await press('fis:start');
  await say('GOYA780416GM0');

  await say('cancelar');

  assert.match((await press('fis:ok'))[0]?.text ?? '', /ya no vale/);
  assert.equal(await fiscalProfiles.of('acme'), null);
});

test('a member sees no way to change the company’s fiscal data, and cannot', async (t) => {
  const { say, press, fiscalProfiles } = await aLinkedPerson(t, { role: 'member' });
  assert.equal((await say('datos'))[0]?.buttons, undefined);

  await press('fis:start');
  for (const text of ['899.999.068-1', 'Eve', 'eve@example.com']) await say(text);
  const [reply] = await press('fis:ok');

  assert.match(reply?.text ?? '', /quien administra/);
  assert.equal(await fiscalProfiles.of('acme'), null);
});
