import assert from 'node:assert/strict';
import { test } from 'node:test';
import { predictNextShop } from '../../src/prediction/next-shop.ts';
import { dayMs, type Purchase } from '../../src/prediction/purchase.ts';

const start = Date.UTC(2026, 0, 5);
const on = (day: number) => new Date(start + day * dayMs);
const every = (merchant: string, days: number, until: number): Purchase[] =>
  Array.from({ length: Math.floor(until / days) + 1 }, (_, visit) => ({ merchant, at: on(visit * days) }));

test('the merchant whose visit is due comes first, though another one is visited more often', () => {
  const history = [...every('gasolinera', 10, 90), ...every('café', 3, 99)];

  const before = predictNextShop(
    history.filter(({ at }) => at < on(90)),
    on(89.9),
  );
  const after = predictNextShop(history, on(99.5));

  const shareOf = ({ predictions }: typeof before, name: string) =>
    predictions.find(({ merchant }) => merchant === name)?.probability ?? 0;
  assert.ok(shareOf(after, 'gasolinera') > 0.3, JSON.stringify(after.predictions));
  assert.ok(shareOf(before, 'café') + shareOf(before, 'gasolinera') > 0.9);
});

test('probabilities and what is left for a new merchant add up to one', () => {
  const { predictions, newMerchantProbability } = predictNextShop(
    [...every('a', 4, 60), ...every('b', 7, 60), { merchant: 'c', at: on(33) }],
    on(61),
    100,
  );

  const sum = predictions.reduce((total, { probability }) => total + probability, newMerchantProbability);
  assert.ok(Math.abs(sum - 1) < 0.001, String(sum));
});

test('a regular visit is expected when its interval is over', () => {
  const { predictions } = predictNextShop(every('mercado', 7, 70), on(71));

  const days = ((predictions[0]?.expectedAt?.getTime() ?? 0) - on(71).getTime()) / dayMs;
  assert.ok(days >= 4 && days <= 8, String(days));
});

test('a shopper who is always somewhere new is told so', () => {
  const wanderer = Array.from({ length: 30 }, (_, day) => ({ merchant: `shop ${day}`, at: on(day) }));
  const faithful = every('mercado', 2, 58);

  assert.ok(predictNextShop(wanderer, on(31)).newMerchantProbability > 0.9);
  assert.ok(predictNextShop(faithful, on(59)).newMerchantProbability < 0.1);
});

test('what lies after now does not count, in whatever order it comes, and nothing gives nothing', () => {
  const history = every('mercado', 7, 70);

  const told = predictNextShop([...history, { merchant: 'futuro', at: on(200) }].reverse(), on(71));

  assert.deepEqual(told, predictNextShop(history, on(71)));
  assert.deepEqual(predictNextShop([], on(1)), {
    ...{ predictions: [], newMerchantProbability: 1, expectedAt: null, purchasesUsed: 0 },
  });
});
