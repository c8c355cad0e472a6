import type { FieldValue } from '../../../domain/document.ts';
import type { Candidate } from './candidates.ts';
import { type Finding, findLabelled } from './finding.ts';
import type { Proof } from './proof.ts';

const longestConcept = 120;
const longestName = 80;

/** What the payer wrote. Taken only from where the label points: right of it, one row below it, or first in a run of values. */
export function conceptoOf(proof: Proof): FieldValue | null {
  return findLabelled(proof.segments, ['concepto'], conceptIn);
}

function conceptIn(text: string, candidate: Candidate): Finding | null {
  const end = conceptEnd(text, candidate);
  const printed = text.slice(0, end);
  const value = printed.replace(/\s+/g, ' ').replace(/^[\s:;.,=*-]+|[\s:;,=*]+$/g, '');
  if (!/[\p{L}\d]/u.test(value) || value.length > longestConcept) return null;
  const certainty = candidate.position === 'right' ? 0.95 : candidate.position === 'below' ? 0.92 : 0.8;
  return { value, start: 0, end, certainty };
}

/** Below its label a concept is one row; in a run of values it ends where the reference, the date or an amount begins. */
function conceptEnd(text: string, candidate: Candidate): number {
  if (candidate.position === 'below') return candidate.parts[1]?.start ?? text.length;
  if (candidate.position === 'right') return text.length;
  const next = text.search(/\d{6,}|\d{1,2}\s?\/\s?\d{1,2}\s?\/|\d[.,]\d\d(?!\d)/);
  return next < 0 ? text.length : next;
}

/** Words about the bank, the account or the identity that stand in the paid one's block. */
const notNames =
  /(?<!\p{L})(?:banco(?: universal| comercial| microfinanciero)?|S ?\. ?A ?\. ?C ?\. ?A ?\.?,?|(?:cuenta|cta\.?)(?: de)?(?: ahorros?| corriente)?|ahorros?|corriente|comercio|persona|celular|tel[eé]fono|c[eé]dula|rif|ci)(?!\p{L})/giu;

/** The name of who is paid, without the phone, identity and bank that some apps print in the same block. */
export function beneficiarioOf(proof: Proof): FieldValue | null {
  return findLabelled(proof.segments, ['beneficiario', 'destino', 'cuentaDestino'], (text, candidate) =>
    nameIn(text, candidate, proof),
  );
}

function nameIn(text: string, candidate: Candidate, proof: Proof): Finding | null {
  if (candidate.position === 'shared') return null;
  const bank = proof.bankFinder.find(text);
  const withoutBank = bank
    ? text.slice(0, bank.start) + ' '.repeat(bank.end - bank.start) + text.slice(bank.end)
    : text;
  const name = withoutBank
    .replace(notNames, ' | ')
    .replace(/[VEJGPC]\s{0,2}-?\s{0,2}[\d.]{6,12}(?:-\d)?|\+?[\d*•][\d*•.\s/-]{2,}|\d+/gi, ' | ')
    .split('|')
    .map((part) => part.replace(/\s+/g, ' ').replace(/^[^\p{L}]+|[^\p{L}.]+$/gu, ''))
    .find((part) => /\p{L}{2}/u.test(part) && !/^[CS]\.A\.?$/i.test(part));
  if (name === undefined || name.length > longestName) return null;
  return { value: name, start: 0, end: text.length, certainty: candidate.position === 'right' ? 0.88 : 0.85 };
}
