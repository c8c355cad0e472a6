import type { FieldValue } from '../../../domain/document.ts';
import { accountIn, labelledAccountIn } from './account-in-text.ts';
import { candidateOf, candidatesOf } from './candidates.ts';
import { type Finding, fieldOf, findLabelled } from './finding.ts';
import { cedulaIn, rifIn } from './identity-in-text.ts';
import type { LabelKind } from './label-table.ts';
import { foreignPhoneIn, hasDamagedPhone, phonesIn } from './phones-in-text.ts';
import type { Proof } from './proof.ts';

/** Where a phone of the paid person may stand, the surest first. */
const phoneLabels: readonly LabelKind[] = ['telefono', 'destino', 'beneficiario', 'cuentaDestino', 'cuenta'];
const idLabels: readonly LabelKind[] = ['cedula', 'fiscal', 'beneficiario', 'destino'];

/** The paid person's phone. */
export function telefonoOf(proof: Proof): FieldValue | null {
  const venezuelan = findLabelled(proof.segments, phoneLabels, phoneIn);
  if (venezuelan) return venezuelan;
  if (proof.isVenezuelan)
    return unlabelled(proof, (text) => phoneIn(text, false), ['telefonoOrigen', 'origen', 'cuentaOrigen', 'ordenante']);
  return findLabelled(proof.segments, ['telefono'], foreignPhone);
}

function phoneIn(text: string, _?: unknown): Finding | null {
  const isLabelled = _ !== false;
  const phone = phonesIn(text, isLabelled)[0];
  return phone ? { ...phone, certainty: phone.repairs > 0 ? 0.85 : isLabelled ? 0.985 : 0.93 } : null;
}

function foreignPhone(text: string): Finding | null {
  const phone = foreignPhoneIn(text);
  return phone && { ...phone, certainty: 0.93 };
}

/** A phone is announced, or begins, but what was read of it is none. */
export function isPhoneDamaged(proof: Proof): boolean {
  const announced = candidatesOf(proof.segments, 'telefono').some(
    ({ text, position }) => position === 'right' && /\d{3}/.test(text) && !/[*•]/.test(text),
  );
  return announced || (proof.isVenezuelan && hasDamagedPhone(proof.text));
}

/** The paid person's cédula. Without its label only with its letter: digits alone may be the end of a phone or a reference. */
export function cedulaOf(proof: Proof): FieldValue | null {
  const labelled = findLabelled(proof.segments, ['cedula'], (text) => cedulaIn(text, true));
  if (labelled) return labelled;
  const inBlock = findLabelled(
    proof.segments,
    idLabels,
    (text) => cedulaIn(text, false) ?? cedulaBeforeBank(text, proof),
  );
  return (
    inBlock ??
    (proof.isVenezuelan ? unlabelled(proof, (text) => cedulaIn(text, false), ['cedulaOrigen', 'ordenante']) : null)
  );
}

/** `12345678-MERCANTIL` among the beneficiary's data: the letter was lost, but what follows the hyphen says what it is. */
function cedulaBeforeBank(text: string, proof: Proof): Finding | null {
  const match = /(?<![\d*.-])(\d{7,8})\s?-\s?(?=\p{L})/u.exec(text);
  const bank = match && proof.bankFinder.find(text.slice(match.index + match[0].length));
  if (!match?.[1] || !bank || !proof.isVenezuelan) return null;
  return { value: match[1], start: match.index, end: match.index + match[1].length, certainty: 0.92 };
}

export function isCedulaDamaged(proof: Proof): boolean {
  return candidatesOf(proof.segments, 'cedula').some(({ text }) => /\d{3}/.test(text) && !rifIn(text));
}

/** RIF with its letter; in other countries the labelled tax id as printed, without separators. */
export function identificadorFiscalOf(proof: Proof): FieldValue | null {
  const rif = findLabelled(proof.segments, idLabels, rifIn);
  if (rif || proof.isVenezuelan) return rif;
  return findLabelled(proof.segments, ['fiscal'], taxIdIn);
}

function taxIdIn(text: string): Finding | null {
  const match = /(?<![\w*])[A-ZÑ&]{0,4}\d[\d.\s-]{4,14}[\dA-Z]{0,4}(?![\w*])/i.exec(text);
  const value = match?.[0].replace(/[\s.-]/g, '').toUpperCase() ?? '';
  return match && value.length >= 7 && value.length <= 13
    ? { value, start: match.index, end: match.index + match[0].length, certainty: 0.88 }
    : null;
}

export function cuentaOrigenOf(proof: Proof): FieldValue | null {
  return (
    findLabelled(proof.segments, ['cuentaOrigen'], (text) => labelledAccountIn(text, proof.isVenezuelan)) ??
    findLabelled(proof.segments, ['origen', 'ordenante'], accountIn)
  );
}

export function cuentaDestinoOf(proof: Proof): FieldValue | null {
  return (
    findLabelled(proof.segments, ['cuentaDestino', 'cuenta'], (text) => withoutPhone(text, proof.isVenezuelan)) ??
    findLabelled(proof.segments, ['destino', 'beneficiario'], accountIn)
  );
}

function withoutPhone(text: string, isVenezuelan: boolean): Finding | null {
  return phonesIn(text, false).length > 0 ? accountIn(text) : labelledAccountIn(text, isVenezuelan);
}

/** The first finding in text that no label of `besides` (the payer's own) and no concept explains. */
function unlabelled(
  proof: Proof,
  parse: (text: string) => Finding | null,
  besides: readonly LabelKind[],
): FieldValue | null {
  const explained = new Set(
    [...besides, 'concepto' as const].flatMap((kind) =>
      candidatesOf(proof.segments, kind).flatMap(({ parts }) => parts.map((part) => part.segment)),
    ),
  );
  for (const segment of proof.segments) {
    const finding = segment.label === null && !explained.has(segment) ? parse(segment.text) : null;
    if (finding) return fieldOf(candidateOf([segment], 'right'), finding, 'ocr/pattern');
  }
  return null;
}
