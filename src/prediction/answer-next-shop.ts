import type { NextShopAnswer, NextShopRequest } from './contract.ts';
import { predictNextShop } from './next-shop.ts';
import type { Purchase } from './purchase.ts';

export function answerNextShop(request: NextShopRequest, now: Date): NextShopAnswer {
  const history = request.purchase_history_summary.map(({ merchant, at }) => ({ merchant, at: momentOf(at) }));
  const { current_time: currentTime } = request.user_context;
  return nextShopAnswer(history, currentTime === undefined ? now : momentOf(currentTime), request.limit);
}

export function nextShopAnswer(history: readonly Purchase[], now: Date, limit: number): NextShopAnswer {
  const { predictions, newMerchantProbability, expectedAt, purchasesUsed } = predictNextShop(history, now, limit);
  const told = (at: Date | null) => at?.toISOString() ?? null;
  return {
    predictions: predictions.map(({ merchant, probability, ...when }) => ({
      ...{ merchant, probability, expected_at: told(when.expectedAt) },
      ...{ earliest_at: told(when.earliestAt), latest_at: told(when.latestAt) },
    })),
    new_merchant_probability: newMerchantProbability,
    expected_at: told(expectedAt),
    purchases_used: purchasesUsed,
  };
}

/** Of a date alone, noon; of a time without a zone, that time in UTC. */
function momentOf(text: string): Date {
  const hasTime = text.includes('T');
  const hasZone = /(?:Z|[+-]\d{2}:?\d{2})$/.test(text.slice(10));
  return new Date(hasTime ? (hasZone ? text : `${text}Z`) : `${text}T12:00:00Z`);
}
