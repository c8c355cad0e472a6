import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BankCatalog } from '../../../../src/pipeline/extract/payment/bank-catalog.ts';
import { foldedText } from '../../../../src/pipeline/extract/payment/fold.ts';
import { banks } from './banks.ts';

test('every Venezuelan bank has a four-digit code of its own', () => {
  const codes = banks.filter((bank) => bank.country === 'VE').map((bank) => bank.code);

  assert.equal(new Set(codes).size, codes.length);
  for (const code of codes) assert.match(code ?? '', /^0\d{3}$/);
});

test('no two banks of a country share a name, an alias or an app mark', () => {
  for (const country of new Set(banks.map((bank) => bank.country))) {
    const owners = new Map<string, string>();
    for (const bank of banks.filter((other) => other.country === country)) {
      const marks = bank.apps.flatMap((app) => app.marks.map((mark) => `mark ${foldedText(mark)}`));
      const names = new Set([bank.name, ...bank.aliases, ...bank.words].map(foldedText));
      for (const name of [...names, ...marks]) {
        assert.equal(owners.get(name) ?? bank.name, bank.name, `${name} names two banks`);
        owners.set(name, bank.name);
      }
    }
  }
});

test('a catalogue with a misspelt country is refused', () => {
  assert.throws(() => BankCatalog.parse([{ country: 'Venezuela', code: '0102', name: 'X' }]));
});
