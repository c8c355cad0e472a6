import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { nif } from '../../../src/domain/tax-id/nif.ts';
import { repairTaxId } from '../../../src/domain/tax-id/repair.ts';
import { rfc } from '../../../src/domain/tax-id/rfc.ts';
import { rut, rutCheckDigit } from '../../../src/domain/tax-id/rut.ts';

test('letters read for digits, and digits for letters, are turned back where only one can stand', () => {
  assert.deepEqual(repairTaxId(rfc, 'TS0991022PB6'), { compact: 'TSO991022PB6', repairs: 1, isValid: true });
  assert.deepEqual(repairTaxId(rfc, 'CC086O5231N4'), { compact: 'CCO8605231N4', repairs: 2, isValid: true });
});

test('where a letter and a digit could both stand, the check digit decides', () => {
  assert.deepEqual(repairTaxId(rfc, 'NWM9709244WA'), { compact: 'NWM9709244WA', repairs: 0, isValid: false });
  assert.equal(repairTaxId(rfc, 'CCO86O5Z3IN4')?.compact, 'CCO8605231N4');
  assert.equal(repairTaxId(rfc, 'HDM00IOI7AS1')?.isValid, true);
});

test('of two shapes of one length the valid one is taken', () => {
  assert.deepEqual(repairTaxId(nif, '12345678Z'), { compact: '12345678Z', repairs: 0, isValid: true });
});

test('a text of another length or with impossible characters is no such id', () => {
  assert.equal(repairTaxId(rfc, 'ABC'), null);
  assert.equal(repairTaxId(rut, '12X45678K'), null);
});

test('whatever digits are read as letters, a RUT comes back as it was printed', () => {
  const confusions: Readonly<Record<string, string>> = { '0': 'O', '1': 'I', '2': 'Z', '5': 'S', '6': 'G', '8': 'B' };
  fc.assert(
    fc.property(
      fc.stringMatching(/^[1-9]\d{7}$/),
      fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
      (body, noise) => {
        const id = body + rutCheckDigit(body);
        const noisy = [...id].map((sign, place) => (noise[place] ? (confusions[sign] ?? sign) : sign)).join('');

        assert.equal(repairTaxId(rut, noisy)?.compact, id);
      },
    ),
  );
});
