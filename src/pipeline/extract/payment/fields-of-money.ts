import type { FieldValue } from '../../../domain/document.ts';
import { type Candidate, candidateOf, candidatesOf } from './candidates.ts';
import { type Finding, fieldOf, findLabelled, rounded } from './finding.ts';
import type { LabelKind } from './label-table.ts';
import { amountCertainty, paidAmounts } from './money-in-text.ts';
import type { Proof } from './proof.ts';
import type { Segment } from './segments.ts';

/** A heading this much taller than the next is the amount paid. */
const clearlyTaller = 1.2;

/** An amount with decimals and at most this many characters more on its line is one whose `Bs` was misread. */
const misreadMarkLength = 4;
/** Labels that are also titles above the amount: `Recibo`, `Comprobante`, `Pago móvil`, `Enviado`. */
const titleLabels: ReadonlySet<LabelKind> = new Set([
  'none',
  'menu',
  'comprobante',
  'tipo',
  'canal',
  'telefono',
  'monto',
  'referencia',
]);

/** The amount sent, without the bank's commission: the labelled one, else the big one at the top, else the total. */
export function montoOf(proof: Proof): FieldValue | null {
  const labelled = findLabelled(proof.segments, ['monto'], (text, candidate) => amountIn(text, candidate, proof));
  if (labelled) return confirmed(proof, labelled);
  return headingAmount(proof) ?? totalOf(proof);
}

/** The total holds the commission too, so it is doubted as the amount where one is printed, and where banks charge one on every payment. */
function totalOf(proof: Proof): FieldValue | null {
  const hasCommission =
    proof.isVenezuelan || proof.segments.some(({ label }) => label === 'comision' || label === 'otherAmount');
  const factor = hasCommission ? 0.75 : 0.95;
  const total = findLabelled(proof.segments, ['total'], (text, candidate) => amountIn(text, candidate, proof));
  return total && { ...total, confidence: rounded(total.confidence * factor) };
}

function amountIn(text: string, candidate: Candidate, proof: Proof): Finding | null {
  const amounts = paidAmounts(text);
  const amount =
    amounts.find((found) => found.hasDecimals && found.mark) ??
    amounts.find((found) => found.hasDecimals || found.mark) ??
    (candidate.position === 'shared' ? undefined : amounts[0]);
  if (!amount || amount.minor === 0) return null;
  return { ...amount, certainty: amountCertainty(amount, proof.isVenezuelan) };
}

/** What the bank takes for the payment; 0.00 where it says that it takes nothing. */
export function comisionOf(proof: Proof): FieldValue | null {
  return findLabelled(proof.segments, ['comision'], (text) => {
    const amount = paidAmounts(text).find((found) => found.hasDecimals || found.mark);
    return amount ? { ...amount, certainty: amountCertainty(amount, proof.isVenezuelan) } : null;
  });
}

/** Amount + commission = total on the same proof: then it was read right. */
function confirmed(proof: Proof, monto: FieldValue): FieldValue {
  const read = (kind: 'total' | 'comision' | 'otherAmount') =>
    findLabelled(proof.segments, [kind], (text, candidate) => amountIn(text, candidate, proof));
  const total = read('total');
  const commission = read('comision') ?? read('otherAmount');
  if (!total || !commission) return monto;
  const minor = (field: FieldValue) => Math.round(Number(field.value) * 100);
  if (minor(monto) + minor(commission) !== minor(total)) return monto;
  return { ...monto, confidence: Math.max(monto.confidence, 0.995), source: 'ocr/arithmetic' };
}

/** An amount with its currency that no label explains: apps print it big above the details. */
function headingAmount(proof: Proof): FieldValue | null {
  const explained = new Set(
    (['comision', 'otherAmount', 'total', 'concepto', 'cuentaOrigen'] as const).flatMap((kind) =>
      candidatesOf(proof.segments, kind).flatMap((candidate) => candidate.parts.map((part) => part.segment)),
    ),
  );
  const found = proof.segments
    .filter((segment) => segment.label === null && !explained.has(segment))
    .flatMap((segment) => headingsIn(segment, proof))
    .sort((a, b) => b.segment.height - a.segment.height);
  const [best] = found;
  if (!best) return null;
  const rival = found.find((other) => other.finding.value !== best.finding.value);
  const isClear = !rival || best.segment.height > clearlyTaller * rival.segment.height;
  const isHeading = !proof.segments.slice(0, best.segment.index).some(isDetailLabel);
  const certainty = best.finding.certainty * (isClear && isHeading ? 0.985 : 0.75);
  return fieldOf(candidateOf([best.segment], 'right'), { ...best.finding, certainty }, 'ocr/heading');
}

/** Among the details an amount without a label may be a commission or a total whose label was misread. */
function isDetailLabel(segment: Segment): boolean {
  return segment.label !== null && !titleLabels.has(segment.label);
}

function headingsIn(segment: Segment, proof: Proof): { segment: Segment; finding: Finding }[] {
  return paidAmounts(segment.text).flatMap((amount) => {
    const isAlone = amount.hasDecimals && segment.text.length - (amount.end - amount.start) <= misreadMarkLength;
    if (amount.minor === 0 || (amount.mark === null && !(isAlone && proof.isVenezuelan))) return [];
    const certainty = amountCertainty(amount, proof.isVenezuelan) * (amount.mark === null ? 0.87 : 1);
    return [{ segment, finding: { ...amount, certainty } }];
  });
}
