import type { MoneyMention } from './money.ts';

/** What speaks for (or, below zero, against) a value being the total. */
export interface Clue {
  readonly minor: number;
  readonly points: number;
  readonly reason: string;
}

/** Tax rates of the countries served, in per cent of the net amount. */
const rates = [4, 5, 6, 7, 8, 10, 12, 13, 14, 15, 16, 18, 19, 21];
/** Values looked at for each role, so that the pairs stay few on hostile input. */
const maxValues = 12;

function valuesOf(money: readonly MoneyMention[], ...roles: readonly (string | null)[]): number[] {
  const found = money.filter((mention) => roles.includes(mention.role)).map((mention) => mention.token.minor);
  return [...new Set(found)].slice(0, maxValues);
}

function sums(xs: readonly number[], ys: readonly number[], sign: 1 | -1, points: number, reason: string): Clue[] {
  return xs.flatMap((x) => ys.map((y) => ({ minor: x + sign * y, points, reason })));
}

/** Sums that hold on a receipt; each is a clue for the value it gives. */
export function arithmeticClues(money: readonly MoneyMention[]): Clue[] {
  const paid = valuesOf(money, 'cash', 'card');
  const change = valuesOf(money, 'change');
  const net = valuesOf(money, 'subtotal', 'total');
  const tax = valuesOf(money, 'tax', 'total').filter((minor) => minor > 0);
  const discounts = valuesOf(money, 'other').filter((minor) => minor !== 0);
  return [
    ...sums(
      paid,
      change.filter((minor) => minor > 0),
      -1,
      3,
      'change',
    ),
    ...(change.includes(0) ? paid.map((minor) => ({ minor, points: 1.5, reason: 'change' })) : []),
    ...sums(net, tax, 1, 1.8, 'tax'),
    ...sums(net, discounts.map(Math.abs), -1, 1, 'discount'),
    ...roundingClues(money),
    ...discountedClues(money),
  ];
}

/** A first total less something printed is what was paid by card: a discount whose label was not understood. */
function discountedClues(money: readonly MoneyMention[]): Clue[] {
  const printed = new Set(money.map(({ token }) => token.minor).filter((minor) => minor >= 100));
  const totals = valuesOf(money, 'total', 'subtotal');
  return valuesOf(money, 'card')
    .filter((minor) => totals.some((total) => total > minor && printed.has(total - minor)))
    .map((minor) => ({ minor, points: 1.2, reason: 'discount' }));
}

/** Total before rounding, rounding (its sign is often lost), total after it: the last one was paid. */
function roundingClues(money: readonly MoneyMention[]): Clue[] {
  const roundings = money.filter(
    ({ role, token }) => role === 'rounding' && token.minor !== 0 && Math.abs(token.minor) < 100,
  );
  return roundings.slice(0, 4).flatMap(({ token, row }) => {
    const before = money.filter((mention) => isTotalLike(mention) && mention.row.index < row.index);
    const after = money.filter((mention) => isTotalLike(mention) && mention.row.index >= row.index);
    const pairs = before
      .slice(-maxValues)
      .flatMap((first) => after.slice(0, maxValues).map((second) => [first.token.minor, second.token.minor] as const));
    const found = pairs.find(([first, second]) => Math.abs(second - first) === Math.abs(token.minor));
    if (!found) return [];
    const [first, second] = found;
    return [
      { minor: second, points: 1.5, reason: 'rounding' },
      { minor: first, points: -2, reason: 'unrounded' },
    ];
  });
}

function isTotalLike({ role, token }: MoneyMention): boolean {
  return (
    (role === 'total' || role === 'subtotal' || role === 'cash' || role === 'card' || role === 'rounding') &&
    token.minor >= 100
  );
}

/** The rightmost amounts of the rows above the first total or subtotal add up to it. */
export function itemClues(money: readonly MoneyMention[]): Clue[] {
  const own = money.filter((mention) => mention.token.form !== 'integer' || mention.token.hasSymbol);
  const first = own.find((mention) => mention.role === 'total' || mention.role === 'subtotal');
  if (!first) return [];
  const items = own.filter((mention) => mention.row.index < first.row.index && mention.isRightmost && !mention.role);
  if (items.length < 2) return [];
  const sum = items.reduce((total, mention) => total + mention.token.minor, 0);
  return [{ minor: sum, points: 2.5, reason: 'items' }];
}

/** The tax included in an amount at one of the usual rates: to the cent, or to the unit where no cents are printed. */
export function isTaxOf(tax: number, total: number): boolean {
  const tolerance = tax % 100 === 0 && total % 100 === 0 ? 100 : 1;
  return tax > 0 && rates.some((rate) => Math.abs(Math.round((total * rate) / (100 + rate)) - tax) <= tolerance);
}

/** Net, tax and their sum all printed, whatever their labels: 514.66 + 82.34 = 597.00 at 16 %. */
export function splitClues(money: readonly MoneyMention[]): Clue[] {
  const values = [
    ...new Set(money.filter((mention) => mention.token.form !== 'integer').map((mention) => mention.token.minor)),
  ]
    .filter((minor) => minor >= 100)
    .slice(0, 120);
  const printed = new Set(money.map((mention) => mention.token.minor));
  return values
    .filter((total) => values.some((tax) => tax < total && isTaxOf(tax, total) && printed.has(total - tax)))
    .map((minor) => ({ minor, points: 1.6, reason: 'tax' }));
}
