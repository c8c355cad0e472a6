import type { Measured } from './measure.ts';
import { printReliability, sumBins } from './reliability.ts';

/** A table of the fields of all sets, what was missed, and how far confidence can be believed. */
export function print(profile: string, sets: readonly Measured[]): void {
  console.log(`\n${profile}`);
  console.table(sets.flatMap(rowsOf));
  const cells = sets.flatMap(({ fields }) => Object.values(fields));
  const [of, wrong] = [sum(cells.map((cell) => cell.of)), sum(cells.map((cell) => cell.wrong))];
  console.log(`wrong values: ${wrong} of ${of} (${percent(wrong, of)} %)`);
  for (const { set, files, lookedAgain, medianMs, p95Ms } of sets)
    console.log(`${set}: ${files} documents, ${lookedAgain} looked at again, ${medianMs} ms median, ${p95Ms} ms p95`);
  printReliability(sumBins(sets.map(({ reliability }) => reliability)));
  for (const { misses } of sets)
    for (const { file, field, expected, given, confidence } of misses)
      console.log(
        `missed: ${file} ${field}: ${expected}, given ${given ?? 'nothing'}${given ? ` (${confidence})` : ''}`,
      );
}

function rowsOf({ set, fields }: Measured) {
  return Object.entries(fields).map(([field, { of, right, wrong, none }]) => ({
    ...{ set, field, of, right, wrong, none },
    '%': percent(right, of),
  }));
}

function percent(part: number, of: number): number {
  return Math.round((1000 * part) / of) / 10;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
