import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkTaxId, regimesFor, withoutCompanyKind } from '../../src/domain/fiscal-profile.ts';

test('an RFC is taken however it was typed; a wrong check digit is told, not refused', () => {
  assert.deepEqual(checkTaxId('goya-780416-gm0'), { taxId: 'GOYA780416GM0', country: 'MX', isSure: true });
  assert.equal(checkTaxId('GOYA780416GM1')?.isSure, false);
  assert.equal(checkTaxId('XAXX010101000')?.isSure, true);
});

test('tax ids of other countries are taken when their check digit is right', () => {
  assert.deepEqual(checkTaxId('899.999.068-1'), { taxId: '899999068-1', country: 'CO', isSure: true });
  assert.equal(checkTaxId('899999068-2'), null);
});

test('what is no tax id is none, and nothing is thrown at', () => {
  for (const text of ['', 'GOYA781316GM0', 'hola', '<script>']) assert.equal(checkTaxId(text), null, text);
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void checkTaxId(text)));
});

test('the kind of company is found at the end of a name, however it is written, and nowhere else', () => {
  const names = {
    'ABARROTES LA MUESTRA SA DE CV': 'ABARROTES LA MUESTRA',
    'Abarrotes la Muestra, S.A. de C.V.': 'Abarrotes la Muestra',
    'NUBE S DE RL DE CV': 'NUBE',
    'NUBE S. de R.L.': 'NUBE',
    'NUBE SAPI DE CV': 'NUBE',
    'AMIGOS AC': 'AMIGOS',
  };

  for (const [name, bare] of Object.entries(names)) assert.equal(withoutCompanyKind(name), bare, name);
  for (const name of ['JUAN PEREZ', 'SA DE CV', 'CASA', 'GRUPO SACV'])
    assert.equal(withoutCompanyKind(name), null, name);
});

test('a company and a person choose among their own regimes', () => {
  assert.ok(regimesFor('AAA010101AAA').includes('601'));
  assert.ok(!regimesFor('GOYA780416GM0').includes('601'));
  assert.ok(regimesFor('GOYA780416GM0').includes('612'));
});
