import { arithmeticClues, type Clue, itemClues, splitClues } from './arithmetic.ts';
import type { MoneyMention } from './money.ts';

/** Evidence for one value of the total, in log-odds-like points. */
export interface TotalCandidate {
  readonly minor: number;
  readonly score: number;
  readonly mention: MoneyMention;
  readonly reasons: readonly string[];
}

export interface TotalContext {
  /** The amount written out in words, in hundredths, where there is one. */
  readonly inWords: number | null;
  readonly decimals: 0 | 2;
  /** Labels and values stand in separate columns: repetition counts for more. */
  readonly isColumnar: boolean;
}

/** Values that could be the total, best first. */
export function rankTotals(mentions: readonly MoneyMention[], context: TotalContext): TotalCandidate[] {
  const money = mentions.filter((mention) => isMoney(mention, context.decimals));
  const clues = [...labelClues(money), ...arithmeticClues(money), ...itemClues(money), ...splitClues(money)];
  if (context.inWords !== null) clues.push({ minor: context.inWords, points: 4, reason: 'words' });
  const cluesByValue = Map.groupBy(clues, (clue) => clue.minor);
  const wellFormed = money.filter(isWellFormed(context.decimals));
  const onlyOne = new Set(wellFormed.map((mention) => mention.token.minor));
  return [...Map.groupBy(money, (mention) => mention.token.minor)]
    .filter(([minor]) => minor > 0)
    .map(([minor, own]) => candidateOf(own, cluesByValue.get(minor) ?? [], wellFormed.length, context))
    .map((candidate) => (onlyOne.size === 1 && onlyOne.has(candidate.minor) ? raised(candidate, 1.4) : candidate))
    .sort((a, b) => b.score - a.score || b.minor - a.minor);
}

function raised(candidate: TotalCandidate, points: number): TotalCandidate {
  return { ...candidate, score: candidate.score + points };
}

/** Bare integers are money only beside a label of money or a currency sign. */
function isMoney({ token, role }: MoneyMention, decimals: 0 | 2): boolean {
  if (token.form !== 'integer') return true;
  if (token.text.length > 8) return false;
  return token.hasSymbol || (role !== null && role !== 'other' && (decimals === 0 || role !== 'tax'));
}

function isWellFormed(decimals: 0 | 2): (mention: MoneyMention) => boolean {
  return ({ token }) => token.minor > 0 && token.form === (decimals === 2 ? 'decimal' : 'thousands');
}

/** `own`: the mentions of one value; `usual`: how many amounts of the document have the form its currency asks for. */
function candidateOf(
  own: readonly MoneyMention[],
  clues: readonly Clue[],
  usual: number,
  context: TotalContext,
): TotalCandidate {
  const best = new Map<string, number>();
  for (const clue of clues) best.set(clue.reason, Math.max(best.get(clue.reason) ?? -9, clue.points));
  const labels = clues.filter((clue) => clue.reason === 'label').length;
  const mention = clearest(own);
  const sum = [...best.values()].reduce((total, points) => total + points, 0);
  const repeats = Math.max(0, Math.min(2, labels - 1)) * 0.5 + seenAgain(own, context);
  const score = sum + repeats - doubt(mention, usual, context.decimals);
  return { minor: mention.token.minor, score, mention, reasons: [...best.keys()] };
}

/** A total is printed more than once; a price seldom is. */
function seenAgain(own: readonly MoneyMention[], { isColumnar }: TotalContext): number {
  const places = new Set(own.map(({ row, token }) => `${row.index}:${token.start}`));
  return Math.min(3, places.size - 1) * (isColumnar ? 0.7 : 0.25);
}

/** The mention shown to people: without noise, of the best label, the most trusted. */
function clearest(own: readonly MoneyMention[]): MoneyMention {
  const worth = (mention: MoneyMention) => (mention.role === 'total' ? 10 : 0) + mention.weight * mention.trust;
  const [best] = [...own].sort((a, b) => a.token.repairs - b.token.repairs || worth(b) - worth(a));
  if (!best) throw new Error('a candidate without a mention');
  return best;
}

/** Noise in the number, and a form that the others of the document do not have. */
function doubt({ token }: MoneyMention, usual: number, decimals: 0 | 2): number {
  const isOdd = decimals === 2 ? token.form !== 'decimal' : token.form === 'decimal';
  const isTiny = decimals === 2 && token.minor < 100 ? 2 : 0;
  return isTiny + token.repairs * 0.5 + (isOdd ? (usual >= 3 ? 2.5 : token.form === 'integer' ? 1 : 0.7) : 0);
}

/** What the labels say, one clue a mention. */
function labelClues(money: readonly MoneyMention[]): Clue[] {
  return money.flatMap((mention): Clue[] => {
    const { role, weight, trust, token } = mention;
    const minor = token.minor;
    if (role === 'total') {
      const share = mention.companions > 1 ? (mention.isLargest ? 0.65 : 0.35) : 1;
      return [{ minor, points: weight * trust * share, reason: 'label' }];
    }
    if (role === 'card') return [{ minor, points: 1.8 * trust, reason: 'card' }];
    if (role === 'cash') return [{ minor, points: 0.7 * trust, reason: 'cash' }];
    if (role === 'subtotal') return [{ minor, points: 0.3, reason: 'subtotal' }];
    if (role === 'rounding' && minor >= 100) return [{ minor, points: 1.5 * trust, reason: 'rounded' }];
    if (role === 'change' || role === 'tax' || role === 'rounding') return [{ minor, points: -1, reason: role }];
    if (role === 'other') return [{ minor, points: -0.8, reason: role }];
    return token.hasSymbol ? [{ minor, points: 0.4, reason: 'symbol' }] : [];
  });
}
