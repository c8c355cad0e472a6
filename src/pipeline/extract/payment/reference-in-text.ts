import type { Position } from './candidates.ts';
import { digitsOf } from './digits.ts';
import type { Finding } from './finding.ts';

export interface ReferenceRules {
  /** Digits that the app's own references have; empty when the app is not known. */
  readonly lengths: readonly number[];
  /** All lengths used in the country; empty outside Venezuela. */
  readonly countryLengths: readonly number[];
  readonly isVenezuelan: boolean;
}

interface Run {
  readonly groups: readonly string[];
  readonly start: number;
  readonly ends: readonly number[];
}

const minDigits = 4;
const maxDigits = 40;

/** The reference that a labelled text begins with; leading zeros are kept, groups parted by blanks are joined when that gives the bank's length. */
export function referenceIn(text: string, rules: ReferenceRules, position: Position): Finding | null {
  const runs = runsIn(text, position !== 'shared');
  const found = runs
    .flatMap((run) => pick(run, rules))
    .filter((finding) => !rules.isVenezuelan || /^\d+$/.test(finding.value));
  if (position === 'shared')
    return found.filter((finding) => finding.value.length >= 6).sort((a, b) => b.certainty - a.certainty)[0] ?? null;
  return found[0] ?? null;
}

/** With `joins`: groups of digits (or of capitals with digits) parted by single blanks; dates, times, amounts and masks break a run. */
function runsIn(text: string, joins: boolean): Run[] {
  const runs: { groups: string[]; start: number; ends: number[] }[] = [];
  let last = -9;
  for (const match of text.matchAll(
    /(?<![\w.,/:*-])[A-Za-z]{0,8}[\dOoQDIl|][\w|]{0,39}(?:-\w{1,39}){0,5}(?![\w*]|[.,/:]\d)/g,
  )) {
    const group = groupValue(match[0]);
    if (group === null) continue;
    const run = runs.at(-1);
    const end = match.index + match[0].length;
    if (joins && run && match.index - last === 1 && /^\d+$/.test(group) && /^\d+$/.test(run.groups.join(''))) {
      run.groups.push(group);
      run.ends.push(end);
    } else runs.push({ groups: [group], start: match.index, ends: [end] });
    last = end;
  }
  return runs;
}

/** Digits where all may be digits, else the code as it is, when digits are in it. */
function groupValue(token: string): string | null {
  const digits = digitsOf(token);
  if (digits) return digits.digits;
  const compact = token.replaceAll('-', '');
  return /\d.*\d.*\d/.test(compact) && !/^[VEJGPC]\d{6,9}$/i.test(compact) ? compact : null;
}

function pick(run: Run, rules: ReferenceRules): Finding[] {
  const joined = run.groups.map((_, index) => run.groups.slice(0, index + 1).join(''));
  const atLength = (lengths: readonly number[]) => joined.findIndex((value) => lengths.includes(value.length));
  const known = atLength(rules.lengths);
  if (known >= 0) return finding(run, joined, known, 0.99);
  const usual = atLength(rules.countryLengths);
  if (usual >= 0) return finding(run, joined, usual, rules.lengths.length > 0 ? 0.8 : 0.97);
  const whole = joined.findIndex((value) => value.length >= 6);
  const index = whole >= 0 ? whole : joined.length - 1;
  return finding(run, joined, index, freeCertainty(joined[index] ?? '', rules));
}

function freeCertainty(value: string, rules: ReferenceRules): number {
  if (value.length < 6) return rules.isVenezuelan ? 0.7 : 0.8;
  if (rules.lengths.length > 0) return 0.75;
  return rules.isVenezuelan ? 0.88 : 0.95;
}

function finding(run: Run, joined: readonly string[], index: number, certainty: number): Finding[] {
  const value = joined[index] ?? '';
  const digits = value.replace(/\D/g, '').length;
  if (digits < minDigits || value.length > maxDigits) return [];
  return [{ value, start: run.start, end: run.ends[index] ?? run.start, certainty }];
}
