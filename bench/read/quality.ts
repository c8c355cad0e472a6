import type { Sample } from './samples.ts';

export type Quality = {
  /** Documents whose printed total is an amount in the text read, of those with a known total. */
  readonly totals: string;
  /** Characters of the printed lines that are wrong or missing wherever the line was read, blanks left out; `sroie` only. */
  readonly characterErrorPercent: number;
};

export function measureQuality(samples: readonly Sample[], texts: readonly string[]): Quality {
  const pairs = samples.map((sample, index) => ({ ...sample, text: texts[index] ?? '' }));
  const known = pairs.flatMap(({ total, text }) => (total === null ? [] : [holdsAmount(text, total)]));
  const printed = pairs.flatMap(({ lines, text }) =>
    (lines ?? []).map((line) => [squeeze(line), squeeze(text)] as const),
  );
  const characters = printed.reduce((sum, [line]) => sum + line.length, 0);
  const errors = printed.reduce((sum, [line, text]) => sum + distanceToPart(line, text), 0);
  return {
    totals: `${known.filter(Boolean).length}/${known.length}`,
    characterErrorPercent: Math.round((errors / characters) * 1000) / 10,
  };
}

/** Decimal and thousands marks differ by country: digits decide, with or without cents of zero. */
function holdsAmount(text: string, total: string): boolean {
  const amounts = new Set((text.match(/\d[\d.,]*/g) ?? []).map((amount) => amount.replace(/[.,]/g, '')));
  return amounts.has(total.replace('.', '')) || amounts.has(total.replace(/\.00$/, ''));
}

function squeeze(text: string): string {
  return text.replace(/\s/g, '').toUpperCase();
}

/** Edits from `line` to the part of `text` most like it: readers differ in the order of lines, and that is no error. */
function distanceToPart(line: string, text: string): number {
  let previous = new Array<number>(text.length + 1).fill(0);
  for (let i = 1; i <= line.length; i++) {
    const current = [i];
    for (let j = 1; j <= text.length; j++) {
      const replace = (previous[j - 1] ?? 0) + (line[i - 1] === text[j - 1] ? 0 : 1);
      current.push(Math.min(replace, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return Math.min(...previous);
}
