import { foldAfterConvolutions } from './fold-after.ts';
import { foldBeforeConvolutions } from './fold-before.ts';
import type { Graph } from './graph.ts';
import { joinHardSwish } from './hard-swish.ts';
import { keepClasses } from './keep-classes.ts';
import { parseModel, writeModel } from './model-file.ts';
import { simplifyResidualGates } from './residual-gate.ts';

/** Raise it when a rewrite changes its result: prepared files of other versions are not used. */
export const preparationVersion = 1;

/** The text detector, faster, with the same answers but for rounding. */
export function prepareDetector(file: Uint8Array): Uint8Array {
  return rewrite(file, (graph) => simplifyResidualGates(fuse(graph)));
}

/** The recogniser, faster, that knows the given classes only, in their order. Throws UnknownGraph, or Error on damaged bytes. */
export function prepareRecogniser(file: Uint8Array, classes: Int32Array): Uint8Array {
  return rewrite(file, (graph) => keepClasses(fuse(graph), classes));
}

function rewrite(file: Uint8Array, change: (graph: Graph) => Graph): Uint8Array {
  const model = parseModel(file);
  return writeModel({ ...model, graph: change(model.graph) });
}

function fuse(graph: Graph): Graph {
  return foldBeforeConvolutions(joinHardSwish(foldAfterConvolutions(graph)));
}
