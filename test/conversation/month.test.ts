import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { monthIn, monthsFrom } from '../../src/conversation/month.ts';

const now = new Date('2026-03-15T12:00:00Z');

test('a month is understood as people write it', () => {
  const said = {
    '': '2026-03',
    '2025-12': '2025-12',
    '12/2025': '2025-12',
    Marzo: '2026-03',
    'febrero de 2024': '2024-02',
    mar: '2026-03',
    january: '2026-01',
    'Sept 2025': '2025-09',
  };

  for (const [text, month] of Object.entries(said)) assert.equal(monthIn(text, now), month, text);
});

test('a month without year that is still to come is the one of last year', () => {
  assert.equal(monthIn('abril', now), '2025-04');
  assert.equal(monthIn('dic', now), '2025-12');
});

test('what is no month is none, and nothing is thrown at', () => {
  for (const text of ['13/2026', '2026-00', 'ma', 'lunes', '0000-01', '2026-03-01'])
    assert.equal(monthIn(text, now), null, text);
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void monthIn(text, now)));
});

test('the month before January is December of the year before', () => {
  assert.equal(monthsFrom('2026-01', -1), '2025-12');
});
