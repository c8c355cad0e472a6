import { cuitCheckDigit } from '../../domain/tax-id/cuit.ts';
import { taxIdRules } from '../../domain/tax-id/registry.ts';
import { repairTaxId } from '../../domain/tax-id/repair.ts';
import { isRfcForm } from '../../domain/tax-id/rfc.ts';
import type { TaxIdKind, TaxIdRule } from '../../domain/tax-id/tax-id.ts';
import { plain } from './skeleton.ts';

/** A tax id read in a text; `start` and `end` are places in the text. */
export interface TaxIdFound {
  readonly rule: TaxIdRule;
  readonly compact: string;
  readonly isValid: boolean;
  readonly repairs: number;
  /** Its own label (RFC, RUT, CUIT, …) stands before it. */
  readonly isLabelled: boolean;
  readonly start: number;
  readonly end: number;
}

const labelWords: Readonly<Record<TaxIdKind, string>> = {
  rfc: 'R ?[.,]? ?F ?[.,]? ?C|REG ?FED',
  rut: 'R ?[.,]? ?U ?[.,]? ?T',
  cuit: String.raw`C ?\.? ?U ?\.? ?[IT1] ?\.? ?T`,
  nif: String.raw`[CN] ?\.? ?[I1L] ?\.? ?F|VAT|D\.?N\.?I`,
  'ruc-pe': String.raw`R ?\.? ?U ?\.? ?C`,
  'ruc-ec': String.raw`R ?\.? ?U ?\.? ?C`,
  'nit-co': String.raw`N ?\.? ?[I1L] ?\.? ?T`,
  'nit-gt': String.raw`N ?\.? ?[I1L] ?\.? ?T`,
  rif: String.raw`R ?\.? ?[I1L] ?\.? ?F`,
  abn: String.raw`A ?\.? ?B ?\.? ?N`,
};
/** The label, perhaps with `No.` or `ID`, right before the number. */
const labels = new Map(
  Object.entries(labelWords).map(([kind, words]) => [
    kind,
    new RegExp(`(?<![A-Z])(?:${words})[ .:;,#*-]{0,4}(?:N[RUMO°º.]{0,4}|ID)?[ .:;,#*°º(-]{0,4}$`),
  ]),
);

/** Runs of letters and digits with single separators; bounded in length, so a row of digits costs little. */
const run = /[A-Z0-9Ñ&|!][A-Z0-9Ñ&|!]{0,13}/g;
const joint = /^[ ]?[-.,:;·/]?[ ]?$/;

/** A colon parts label and number, unless OCR read it for a point between digits. */
function isJoint(between: string, before: string): boolean {
  return joint.test(between) && (!/[:;]/.test(between) || /^\d{2,}$/.test(before));
}

/** Every tax id of a row, of any country: well-formed ones, and those whose label stands before them. */
export function findTaxIds(text: string): TaxIdFound[] {
  const upper = plain(text);
  if (upper.length !== text.length) return upper === text ? [] : findTaxIds(upper);
  if (!/\d.*\d/.test(upper)) return [];
  const runs = [...upper.matchAll(run)].slice(0, 40).map((match) => ({ text: match[0], start: match.index }));
  const found = runs.flatMap((_, first) => readFrom(upper, runs, first));
  return found.filter((one) => !found.some((other) => other !== one && isBetter(other, one)));
}

function isBetter(a: TaxIdFound, b: TaxIdFound): boolean {
  if (a.end <= b.start || b.end <= a.start) return false;
  const worth = (found: TaxIdFound) =>
    (found.isValid ? 4 : 0) + (found.isLabelled ? 3 : 0) - found.repairs + found.compact.length / 20;
  return worth(a) > worth(b) || (worth(a) === worth(b) && a.start < b.start);
}

/** Ids that start at this run and hold one to six of the runs that follow it closely. */
function readFrom(upper: string, runs: readonly { text: string; start: number }[], first: number): TaxIdFound[] {
  const found: TaxIdFound[] = [];
  let raw = '';
  let end = runs[first]?.start ?? 0;
  for (const { text, start } of runs.slice(first, first + 7)) {
    if (raw !== '' && !isJoint(upper.slice(end, start), raw)) break;
    const begin = runs[first]?.start ?? 0;
    const isTail = upper[start - 1] === '-' && text.length > 1;
    if (isTail && raw.length >= 6) found.push(...readAs(upper, raw + text[0], begin, start + 1).filter(isSure));
    raw += text;
    end = start + text.length;
    if (raw.length > 14) break;
    if (raw.length >= 7) found.push(...readAs(upper, raw, begin, end));
  }
  return found;
}

/** A check character with noise stuck to it needs both label and check. */
function isSure({ isValid, isLabelled }: TaxIdFound): boolean {
  return isValid && isLabelled;
}

function readAs(upper: string, raw: string, start: number, end: number): TaxIdFound[] {
  return taxIdRules.flatMap((rule) => {
    const read = repairTaxId(rule, raw) ?? completed(rule, raw);
    if (!read || read.repairs > 4) return [];
    const isLabelled = labels.get(rule.kind)?.test(upper.slice(Math.max(0, start - 22), start)) ?? false;
    const found = { rule, compact: read.compact, isValid: read.isValid, repairs: read.repairs, isLabelled, start, end };
    return isCredible(found, upper.slice(start, end)) ? [found] : [];
  });
}

/** A CUIT cut off before its check digit, which then follows from the rest. */
function completed(rule: TaxIdRule, raw: string): { compact: string; isValid: boolean; repairs: number } | null {
  if (rule.kind !== 'cuit' || !/^(30|33|20|23|27)\d{8}$/.test(raw)) return null;
  const digit = cuitCheckDigit(raw);
  return digit === null ? null : { compact: raw + digit, isValid: true, repairs: 2 };
}

/** Digits alone hit a modulus-11 check one time in eleven: such ids need their label. */
function isCredible({ rule, compact, isValid, isLabelled, repairs }: TaxIdFound, printed: string): boolean {
  if (rule.kind === 'rfc') return (isValid && repairs <= 3) || (isLabelled && isRfcForm(compact));
  if (rule.kind === 'nif') return isValid && (isLabelled || (repairs === 0 && /^[A-Z]/.test(compact)));
  if (rule.kind === 'cuit') return isValid && (isLabelled || repairs === 0);
  if (rule.kind === 'rut' && repairs === 0 && /\d-[\dK]$/.test(printed)) return isValid;
  if (rule.kind === 'ruc-ec') return isValid && (isLabelled || repairs === 0);
  return isValid && isLabelled;
}
