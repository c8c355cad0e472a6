import type { Quad } from '../../domain/reading.ts';

type Run = { readonly degrees: number; readonly length: number };

/** Lines that run further off than this from most of the text (a seal printed up the margin) have no say in its angle. */
const sameDirectionDegrees = 30;
const binDegrees = 10;

/** Direction in which most of the quads' text runs, in degrees clockwise from upright, -180 to 180; long lines weigh more. */
export function textAngle(quads: readonly Quad[]): number {
  const runs = quads.map(([[ax, ay], [bx, by]]) => toRun(bx - ax, by - ay));
  const common = commonDirection(runs);
  return sumRuns(runs.filter((run) => Math.abs(turn(common, run.degrees)) <= sameDirectionDegrees));
}

/** The direction around which, a bin to either side, the most text runs. */
function commonDirection(runs: readonly Run[]): number {
  const bins = new Array<number>(360 / binDegrees).fill(0);
  for (const { degrees, length } of runs) {
    const bin = (Math.round(degrees / binDegrees) + bins.length) % bins.length;
    bins[bin] = (bins[bin] ?? 0) + length;
  }
  const weights = bins.map((weight, bin) => (bins.at(bin - 1) ?? 0) + weight + (bins[(bin + 1) % bins.length] ?? 0));
  return weights.indexOf(Math.max(...weights)) * binDegrees;
}

function sumRuns(runs: readonly Run[]): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const x = runs.reduce((sum, { degrees, length }) => sum + length * Math.cos(radians(degrees)), 0);
  const y = runs.reduce((sum, { degrees, length }) => sum + length * Math.sin(radians(degrees)), 0);
  return toRun(x, y).degrees;
}

function toRun(x: number, y: number): Run {
  return { degrees: (Math.atan2(y, x) * 180) / Math.PI, length: Math.hypot(x, y) };
}

/** From one direction to another the short way round, -180 to 180. */
function turn(from: number, to: number): number {
  return ((((to - from + 180) % 360) + 360) % 360) - 180;
}
