import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Evidence, rank } from '../../../src/pipeline/classify/evidence.ts';

function aSign(changes: Partial<Evidence> = {}): Evidence {
  return {
    ...{ id: 'oxxo', name: 'OXXO', kind: 'convenience', country: 'MX', taxId: null },
    ...{ method: 'alias', probability: 0.9 },
    ...changes,
  };
}

const nowhere = () => null;
const shares = (ranked: readonly Evidence[]) =>
  ranked.map(({ id, probability }) => [id, Math.round(probability * 100)]);

test('one sign alone keeps its own probability', () => {
  assert.deepEqual(shares(rank([aSign({ probability: 0.8 })], nowhere)), [['oxxo', 80]]);
});

test('two merchants with equal signs share what is not "none of these"', () => {
  const ranked = rank([aSign(), aSign({ id: 'soriana', name: 'Soriana' })], nowhere);

  assert.deepEqual(shares(ranked), [
    ['oxxo', 47],
    ['soriana', 47],
  ]);
});

test('signs of two kinds for one merchant support each other, two of one kind do not', () => {
  const [named] = rank([aSign(), aSign({ method: 'fuzzy', probability: 0.85 })], nowhere);
  const [taught] = rank([aSign(), aSign({ method: 'learned', probability: 0.85 })], nowhere);

  assert.equal(named?.probability.toFixed(2), '0.90');
  assert.ok((taught?.probability ?? 0) > 0.95);
});

test("a bank's name beside a shop's is the card slip's", () => {
  const [first] = rank([aSign({ id: 'bbva', name: 'BBVA', kind: 'bank', probability: 0.95 }), aSign()], nowhere);

  assert.equal(first?.id, 'oxxo');
});

test('chains of one name are one name, and the country says which of them', () => {
  const signs = [
    aSign({ id: 'dia-ar', name: 'DIA', country: 'AR' }),
    aSign({ id: 'dia-es', name: 'DIA', country: 'ES' }),
  ];

  const [inSpain] = rank(signs, () => 'ES');

  assert.equal(inSpain?.id, 'dia-es');
  assert.ok((inSpain?.probability ?? 0) > 0.9);
});
