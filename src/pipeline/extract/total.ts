import type { MoneyMention } from './money.ts';

/** Evidence for one value of the total, in log-odds-like points. */
export interface TotalCandidate {
  readonly minor: number;
  readonly score: number;
  readonly mention: MoneyMention;
  readonly reasons: readonly string[];
}

interface Clue {
  readonly minor: number;
  readonly points: number;
  readonly reason: string;
}

/** Values that could be the total, best first. */
export function rankTotals(
  mentions: readonly MoneyMention[],
  inWords: number | null,
  decimals: 0 | 2,
): TotalCandidate[] {
  const money = mentions.filter((mention) => isMoney(mention, decimals));
  const clues = [...labelClues(money), ...arithmeticClues(money), ...itemClues(money)];
  if (inWords !== null) clues.push({ minor: inWords, points: 4, reason: 'words' });
  const values = new Set(money.filter((mention) => mention.token.minor > 0).map((mention) => mention.token.minor));
  return [...values]
    .map((minor) => candidateOf(minor, money, clues, decimals))
    .sort((a, b) => b.score - a.score || b.minor - a.minor);
}

/** Bare integers are money only beside a label of money or a currency sign. */
function isMoney({ token, role }: MoneyMention, decimals: 0 | 2): boolean {
  if (token.form !== 'integer') return true;
  if (token.text.length > 8) return false;
  return token.hasSymbol || (role !== null && role !== 'other' && (decimals === 0 || role !== 'tax'));
}

function candidateOf(
  minor: number,
  money: readonly MoneyMention[],
  clues: readonly Clue[],
  decimals: 0 | 2,
): TotalCandidate {
  const own = clues.filter((clue) => clue.minor === minor);
  const best = new Map<string, number>();
  for (const clue of own) best.set(clue.reason, Math.max(best.get(clue.reason) ?? -9, clue.points));
  const repeats = Math.min(2, own.filter((clue) => clue.reason === 'label').length - 1) * 0.5;
  const mention = mentionFor(minor, money);
  const sum = [...best.values()].reduce((total, points) => total + points, 0);
  const score = sum + Math.max(0, repeats) - doubt(mention, decimals);
  return { minor, score, mention, reasons: [...best.keys()] };
}

/** The mention shown to people: of the best label, the most trusted. */
function mentionFor(minor: number, money: readonly MoneyMention[]): MoneyMention {
  const own = money.filter((mention) => mention.token.minor === minor);
  const worth = (mention: MoneyMention) => (mention.role === 'total' ? 10 : 0) + mention.weight * mention.trust;
  const [best] = own.sort((a, b) => a.token.repairs - b.token.repairs || worth(b) - worth(a));
  if (!best) throw new Error('a candidate without a mention');
  return best;
}

function doubt({ token }: MoneyMention, decimals: 0 | 2): number {
  const oddForm = decimals === 2 ? token.form !== 'decimal' : token.form === 'decimal';
  return token.repairs * 0.5 + (oddForm ? (token.form === 'integer' ? 1 : 0.7) : 0);
}

/** What the labels say, one clue a mention. */
function labelClues(money: readonly MoneyMention[]): Clue[] {
  return money.flatMap((mention): Clue[] => {
    const { role, weight, trust, token } = mention;
    const minor = token.minor;
    if (role === 'total') {
      const share = mention.companions > 1 ? (mention.isRightmost ? 0.65 : 0.35) : 1;
      return [{ minor, points: weight * trust * share, reason: 'label' }];
    }
    if (role === 'card') return [{ minor, points: 1.3 * trust, reason: 'card' }];
    if (role === 'cash') return [{ minor, points: 0.7 * trust, reason: 'cash' }];
    if (role === 'subtotal') return [{ minor, points: 0.3, reason: 'subtotal' }];
    if (role === 'change' || role === 'tax' || role === 'rounding') return [{ minor, points: -1, reason: role }];
    if (role === 'other') return [{ minor, points: -0.8, reason: role }];
    return token.hasSymbol ? [{ minor, points: 0.4, reason: 'symbol' }] : [];
  });
}

function amountsOf(money: readonly MoneyMention[], ...roles: readonly (string | null)[]): number[] {
  const found = money.filter((mention) => roles.includes(mention.role)).map((mention) => mention.token.minor);
  return [...new Set(found)].slice(0, 12);
}

/** Sums that hold on a receipt; each is a clue for the value it gives. */
function arithmeticClues(money: readonly MoneyMention[]): Clue[] {
  const cash = amountsOf(money, 'cash', 'card');
  const change = amountsOf(money, 'change');
  const net = amountsOf(money, 'subtotal', 'total');
  const tax = amountsOf(money, 'tax', 'total').filter((minor) => minor > 0);
  const rounding = amountsOf(money, 'rounding').filter((minor) => minor !== 0 && Math.abs(minor) < 100);
  const pairs = (xs: readonly number[], ys: readonly number[], points: number, reason: string, sign: number): Clue[] =>
    xs.flatMap((x) => ys.map((y) => ({ minor: x + sign * y, points, reason })));
  return [
    ...pairs(
      cash,
      change.filter((minor) => minor > 0),
      3,
      'change',
      -1,
    ),
    ...(change.includes(0) ? cash.map((minor) => ({ minor, points: 1.5, reason: 'change' })) : []),
    ...pairs(net, tax, 1.8, 'tax', 1),
    ...pairs(net, rounding, 1.5, 'rounding', 1),
    ...pairs(net, rounding, 1.5, 'rounding', -1),
  ];
}

/** The rightmost amounts of the rows above the first total or subtotal add up to it. */
function itemClues(money: readonly MoneyMention[]): Clue[] {
  const own = money.filter((mention) => mention.token.form !== 'integer' || mention.token.hasSymbol);
  const first = own.find((mention) => mention.role === 'total' || mention.role === 'subtotal');
  if (!first) return [];
  const items = own.filter((mention) => mention.row.index < first.row.index && mention.isRightmost && !mention.role);
  if (items.length < 2) return [];
  const sum = items.reduce((total, mention) => total + mention.token.minor, 0);
  return [{ minor: sum, points: 2.5, reason: 'items' }];
}
