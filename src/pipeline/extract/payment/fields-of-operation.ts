import type { FieldValue } from '../../../domain/document.ts';
import { candidateOf } from './candidates.ts';
import { fieldOf, findLabelled } from './finding.ts';
import { operationDateIn, operationTimeIn } from './moment-in-text.ts';
import type { Proof } from './proof.ts';
import { type ReferenceRules, referenceIn } from './reference-in-text.ts';
import type { Segment } from './segments.ts';

export function referenciaOf(proof: Proof): FieldValue | null {
  const rules = referenceRules(proof);
  const labelled = findLabelled(proof.segments, ['referencia'], (text, { position }) =>
    referenceIn(text, rules, position),
  );
  if (labelled) return labelled;
  return proof.isVenezuelan ? unlabelledReference(proof, rules) : comprobanteAsReference(proof);
}

/** Abroad some proofs have one number only, called comprobante; in Venezuela that is an authorisation code. */
function comprobanteAsReference(proof: Proof): FieldValue | null {
  const other = comprobanteOf(proof);
  return other && { ...other, confidence: Math.min(other.confidence, 0.85), source: 'ocr/label:comprobante' };
}

/** The only number of the app's own length, when the label was misread: no phone, cédula or date is 12 digits long. */
function unlabelledReference(proof: Proof, rules: ReferenceRules): FieldValue | null {
  const lengths = rules.lengths.filter((length) => length >= 12);
  const found = proof.segments.filter(
    ({ label, text }) => label === null && /^\d+$/.test(text.trim()) && lengths.includes(text.trim().length),
  );
  const [only] = found;
  if (!only || found.length > 1) return null;
  const finding = { value: only.text.trim(), start: 0, end: only.text.length, certainty: 0.88 };
  return fieldOf(candidateOf([only], 'right'), finding, 'ocr/pattern');
}

/** The second number that some apps print: authorisation code, tracking key, folio. */
export function comprobanteOf(proof: Proof): FieldValue | null {
  const rules: ReferenceRules = { lengths: [], countryLengths: [], isVenezuelan: false };
  return findLabelled(proof.segments, ['comprobante'], (text, { position }) => referenceIn(text, rules, position));
}

function referenceRules({ app, banks, isVenezuelan }: Proof): ReferenceRules {
  const countryLengths = banks.filter((bank) => bank.country === 'VE').flatMap((bank) => bank.referenceLengths);
  return {
    lengths: app?.bank.referenceLengths ?? [],
    countryLengths: isVenezuelan ? countryLengths : [],
    isVenezuelan,
  };
}

/** The labelled date, else the only date on the proof. The clock of the phone's status bar is no date and no time of the operation. */
export function fechaOf(proof: Proof): FieldValue | null {
  const labelled = findLabelled(proof.segments, ['fecha'], (text) => operationDateIn(text, proof.today));
  if (labelled) return labelled;
  const found = unlabelledDates(proof);
  const [first] = found;
  if (!first) return null;
  const isOnly = found.every((other) => other.finding.value === first.finding.value);
  const certainty = first.finding.certainty * (isOnly ? 0.95 : 0.7);
  return fieldOf(candidateOf([first.segment], 'right'), { ...first.finding, certainty }, 'ocr/pattern');
}

function unlabelledDates(proof: Proof) {
  return proof.segments
    .filter((segment) => segment.label === null)
    .flatMap((segment) => {
      const finding = operationDateIn(segment.text, proof.today);
      return finding ? [{ segment, finding }] : [];
    });
}

/** The time after its label, or in the row of the operation's date. */
export function horaOf(proof: Proof): FieldValue | null {
  const labelled = findLabelled(proof.segments, ['hora', 'fecha'], operationTimeIn);
  const time = labelled ?? timeBesideDate(proof);
  return time && withMeridiem(time, proof);
}

function timeBesideDate(proof: Proof): FieldValue | null {
  for (const { segment } of unlabelledDates(proof)) {
    const row = proof.segments.filter((other) => other.row === segment.row);
    const candidate = candidateOf(row, 'right');
    const time = operationTimeIn(candidate.text);
    if (time) return fieldOf(candidate, { ...time, certainty: time.certainty * 0.97 }, 'ocr/pattern');
  }
  return null;
}

/** A time without am/pm takes it from the same minute printed elsewhere with it (the app's header repeats the moment). */
function withMeridiem(time: FieldValue, proof: Proof): FieldValue {
  const hour = Number(time.value.slice(0, 2));
  if (hour === 0 || hour >= 13) return time;
  const clock = `0?${hour}\\s?:\\s?${time.value.slice(3, 5)}(?:\\s?:\\s?\\d\\d)?`;
  const evening = new RegExp(`(?<!\\d)${clock}\\s{0,2}p\\s?\\.?\\s?m`, 'i').test(proof.text);
  if (!evening || hour === 12) return time;
  return { ...time, value: `${hour + 12}${time.value.slice(2)}`, confidence: Math.min(time.confidence, 0.85) };
}

/** The kinds of transaction that proofs announce, first match first. */
const transactionKinds: readonly (readonly [RegExp, string])[] = [
  [/pago\s?m[oó]vil|pagomovil|tpago|dinero r[aá]pido|\bp2[pc]\b/i, 'pago móvil'],
  [/\bspei\b/i, 'SPEI'],
  [/yapeaste|\byape\b/i, 'Yape'],
  [/plineaste|\bplin\b/i, 'Plin'],
  [/dep[oó]sito/i, 'depósito'],
  [/transferencia|transferiste|transferido/i, 'transferencia'],
  [/\benv[ií]o\b|enviaste|enviado/i, 'envío'],
  [/\bpago\b|pagaste/i, 'pago'],
];

export function tipoOf(proof: Proof): FieldValue | null {
  const labelled = findLabelled(proof.segments, ['tipo'], (text) => wordsIn(text, 0.95));
  if (labelled) return labelled;
  for (const [expression, value] of transactionKinds) {
    const segment = proof.segments.find(
      (candidate) => isHeadingText(candidate, proof) && expression.test(candidate.text),
    );
    if (segment)
      return fieldOf(
        candidateOf([segment], 'right'),
        { value, start: 0, end: segment.text.length, certainty: 0.92 },
        'ocr/pattern',
      );
  }
  return hasMobilePayment(proof) ? { value: 'pago móvil', confidence: 0.85, box: null, source: 'ocr/fields' } : null;
}

/** Words of a concept say nothing of the kind of transaction. */
function isHeadingText(segment: Segment, proof: Proof): boolean {
  return proof.segments[segment.index - 1]?.label !== 'concepto';
}

/** A Venezuelan proof that names a phone is a mobile payment. */
function hasMobilePayment(proof: Proof): boolean {
  return proof.isVenezuelan && proof.segments.some((segment) => segment.label === 'telefono');
}

export function canalOf(proof: Proof): FieldValue | null {
  const labelled = findLabelled(proof.segments, ['canal'], (text) => wordsIn(text, 0.95));
  if (labelled || !proof.app) return labelled;
  return { value: proof.app.app.name, confidence: 0.95, box: null, source: 'bank/app' };
}

function wordsIn(text: string, certainty: number) {
  const value = text.trim();
  return /\p{L}{3}/u.test(value) && value.length <= 60 ? { value, start: 0, end: text.length, certainty } : null;
}
