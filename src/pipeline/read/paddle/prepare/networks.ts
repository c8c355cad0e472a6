import { foldAfterConvolutions } from './fold-after.ts';
import { foldBeforeConvolutions } from './fold-before.ts';
import type { Graph } from './graph.ts';
import { joinHardSwish } from './hard-swish.ts';
import { keepClasses } from './keep-classes.ts';
import { parseModel, writeModel } from './model-file.ts';
import { toOperatorSet13 } from './opset.ts';
import { beforeHardSwish, type Choice, joining, quantise, type Ranges } from './quantise.ts';
import { simplifyResidualGates } from './residual-gate.ts';

/** Raise it when a rewrite changes its result: prepared files of other versions are not used. */
export const preparationVersion = 2;

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

/** A prepared recogniser, its backbone in 8-bit arithmetic: a third faster, nearly the same text. */
export function quantiseRecogniser(prepared: Uint8Array, ranges: Ranges): Uint8Array {
  return inBytes(prepared, beforeHardSwish, ranges);
}

/** A prepared detector, its neck in 8-bit arithmetic. The backbone stays: in bytes it loses small print. */
export function quantiseDetector(prepared: Uint8Array, ranges: Ranges): Uint8Array {
  return inBytes(prepared, joining, ranges);
}

function inBytes(prepared: Uint8Array, choose: Choice, ranges: Ranges): Uint8Array {
  const model = toOperatorSet13(parseModel(prepared));
  return writeModel({ ...model, graph: quantise(model.graph, choose, ranges) });
}
