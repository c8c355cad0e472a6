import type { Arithmetic } from '../../domain/e-invoice.ts';
import { fromMicros } from './decimal.ts';

/** One unit of the last place of money: issuers round each tax by itself, so a cent more or less is no mistake. */
const toleranceMicros = 10_000n;

/** Compares what a document states as its total with what its parts give; null where one is missing. */
export function compareTotal(stated: bigint | null, computed: bigint | null): Arithmetic {
  if (stated === null || computed === null) return { ok: null, difference: null };
  const difference = stated - computed;
  const size = difference < 0n ? -difference : difference;
  return { ok: size <= toleranceMicros, difference: fromMicros(difference) };
}
