import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { abn } from '../../../src/domain/tax-id/abn.ts';
import { cuit, cuitCheckDigit } from '../../../src/domain/tax-id/cuit.ts';
import { nif } from '../../../src/domain/tax-id/nif.ts';
import {
  nitColombia,
  nitColombiaCheckDigit,
  nitGuatemala,
  nitGuatemalaCheckDigit,
} from '../../../src/domain/tax-id/nit.ts';
import { taxIdRules } from '../../../src/domain/tax-id/registry.ts';
import { isRfcForm, rfc, rfcCheckDigit } from '../../../src/domain/tax-id/rfc.ts';
import { rif, rifCheckDigit } from '../../../src/domain/tax-id/rif.ts';
import { rucEcuador, rucPeru } from '../../../src/domain/tax-id/ruc.ts';
import { rut, rutCheckDigit } from '../../../src/domain/tax-id/rut.ts';
import type { TaxIdRule } from '../../../src/domain/tax-id/tax-id.ts';

/** Public ids of large companies and of the authorities' own examples. */
const known: readonly (readonly [TaxIdRule, readonly string[]])[] = [
  [rfc, ['CCO8605231N4', 'NWM9709244W4', 'TCH850701RM1', 'ODM950324V2A', 'GODE561231GR8']],
  [rut, ['995200007', '761349465', '76084814K']],
  [cuit, ['30500010912', '30546689979', '33693450239']],
  [nif, ['A28015865', 'A46103834', 'Q2826000H', '12345678Z', 'X1234567L']],
  [rucPeru, ['20100070970', '20131312955']],
  [rucEcuador, ['1790016919001', '1760013210001']],
  [nitColombia, ['8909039388', '8600029644', '8999990681']],
  [nitGuatemala, ['113075669', '5750814']],
  [rif, ['G200099976', 'J000029709', 'J300619460']],
  [abn, ['51824753556', '90196565019']],
];

for (const [rule, ids] of known) {
  test(`${rule.kind}: known ids are valid and a wrong check character is not`, () => {
    for (const id of ids) {
      const place = rule.kind === 'ruc-ec' ? (id[2] === '6' ? 8 : 9) : id.length - 1;
      const other = id.slice(0, place) + (id[place] === '3' ? '4' : '3') + id.slice(place + 1);

      assert.equal(rule.isValid(id), true, id);
      assert.equal(rule.isValid(other), false, other);
    }
  });
}

test('every rule of the registry has a shape for its ids', () => {
  for (const [rule, ids] of known) {
    assert.ok(taxIdRules.includes(rule));
    for (const id of ids) assert.ok(rule.shapes.some((shape) => shape.length === id.length));
  }
});

test('an RFC with an impossible month or day has not the form of one', () => {
  assert.equal(isRfcForm('CCO8613231N4'), false);
  assert.equal(isRfcForm('CCO8605321N4'), false);
  assert.equal(isRfcForm('CCO8605231N4'), true);
});

test('changing any one digit of a numeric id is noticed', () => {
  const digits = (length: number) => fc.stringMatching(new RegExp(`^[1-9]\\d{${length - 1}}$`));
  const change = fc.tuple(fc.nat({ max: 7 }), fc.integer({ min: 1, max: 9 }));
  fc.assert(
    fc.property(digits(8), change, (body, [place, by]) => {
      const changed = [...body].map((digit, index) => (index === place ? (Number(digit) + by) % 10 : digit)).join('');

      assert.notEqual(rutCheckDigit(body), rutCheckDigit(changed));
      assert.notEqual(nitGuatemalaCheckDigit(body), nitGuatemalaCheckDigit(changed));
    }),
  );
});

test('an id made with its check digit is valid and keeps its digits when formatted', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\d{8}$/), (body) => {
      const chilean = body + rutCheckDigit(body);
      const argentine = cuitCheckDigit(`30${body}`);
      const venezuelan = `J${body}${rifCheckDigit(`J${body}`)}`;

      assert.equal(rut.isValid(chilean), true);
      assert.equal(rut.format(chilean).replace('-', ''), chilean);
      assert.equal(rif.isValid(venezuelan), true);
      if (argentine) assert.equal(cuit.format(`30${body}${argentine}`), `30-${body}-${argentine}`);
    }),
  );
});

test('the check digit of an RFC depends on each of its letters', () => {
  assert.equal(rfcCheckDigit('GODE561231GR0'), '8');
  assert.notEqual(rfcCheckDigit('GODF561231GR0'), '8');
});

const vectors = new URL('../../../../shared/data/einvoice/co/vectors.json', import.meta.url);
test('NIT and RIF of real documents have the check digits that we compute', {
  skip: !existsSync(vectors) && 'SKIPPED: ../shared/data is not here',
}, () => {
  // The file is ours to trust in a test; a wrong shape fails the assertions below.
  const data = JSON.parse(readFileSync(vectors, 'utf8')) as { nit_dv: Record<string, number>; ve_rif: string[] };

  for (const [nit, digit] of Object.entries(data.nit_dv)) assert.equal(nitColombiaCheckDigit(nit), digit);
  for (const id of data.ve_rif) assert.equal(rif.isValid(id), true, id);
});
