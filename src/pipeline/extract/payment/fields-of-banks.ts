import type { FieldValue } from '../../../domain/document.ts';
import { type BankHit, bankValue } from './bank-finder.ts';
import { candidateOf } from './candidates.ts';
import { type Finding, fieldOf, findLabelled, rounded } from './finding.ts';
import type { Proof } from './proof.ts';

/** The bank that pays: labelled, else by its code in the account, its name beside it, or the app that made the proof. */
export function bancoOrigenOf(proof: Proof, account: FieldValue | null): FieldValue | null {
  const labelled = findLabelled(proof.segments, ['bancoOrigen'], (text) => bankIn(text, proof));
  return labelled ?? bankOfAccount(proof, account) ?? bankBesideAccount(proof) ?? bankOfApp(proof);
}

/** The bank that is paid: labelled, else by its code in the account, or its name in the beneficiary's block. */
export function bancoDestinoOf(proof: Proof, account: FieldValue | null): FieldValue | null {
  const labelled = findLabelled(
    proof.segments,
    ['bancoDestino', 'banco'],
    (text) => bankIn(text, proof) ?? nameAsPrinted(text, proof),
  );
  if (labelled) return labelled;
  const known = bankOfAccount(proof, account);
  const beside = findLabelled(proof.segments, ['beneficiario', 'destino', 'cuentaDestino', 'cuenta'], (text) =>
    named(proof.bankFinder.find(text), 0.97),
  );
  return known ?? beside ?? codeAndName(proof);
}

/** `0105 - BANCO MERCANTIL` that no label announces: code and name prove each other. */
function codeAndName(proof: Proof): FieldValue | null {
  for (const segment of proof.segments) {
    if (segment.label !== null || !/^\W{0,3}0\d{3}\s?[-=:]/.test(segment.text)) continue;
    const hit = proof.bankFinder.findAnnounced(segment.text);
    const finding = hit && hit.certainty > 0.98 ? named(hit, 0.94) : null;
    if (finding) return fieldOf(candidateOf([segment], 'right'), finding, 'ocr/pattern');
  }
  return null;
}

function bankIn(text: string, proof: Proof): Finding | null {
  return named(proof.bankFinder.findAnnounced(text), 1);
}

function named(hit: BankHit | null, factor: number): Finding | null {
  return hit && { value: hit.value, start: hit.start, end: hit.end, certainty: hit.certainty * factor };
}

/** A bank that is not in the catalogue keeps its printed name. */
function nameAsPrinted(text: string, proof: Proof): Finding | null {
  const value = text.replace(/\s+/g, ' ').trim();
  if (!/\p{L}{3}/u.test(value) || value.length > 50) return null;
  return { value, start: 0, end: text.length, certainty: proof.isVenezuelan ? 0.7 : 0.85 };
}

function bankOfAccount(proof: Proof, account: FieldValue | null): FieldValue | null {
  const code = /^0\d{3}(?=\*|\d{16}$)/.exec(account?.value ?? '')?.[0];
  const bank = code ? proof.bankFinder.byCode(code) : null;
  if (!bank || !account || !proof.isVenezuelan) return null;
  return {
    value: bankValue(bank),
    confidence: rounded(account.confidence * 0.99),
    box: account.box,
    source: 'bank/account-code',
  };
}

function bankBesideAccount(proof: Proof): FieldValue | null {
  return findLabelled(proof.segments, ['cuentaOrigen', 'origen', 'ordenante'], (text) =>
    named(proof.bankFinder.find(text), 0.97),
  );
}

function bankOfApp(proof: Proof): FieldValue | null {
  if (!proof.app) return null;
  return { value: bankValue(proof.app.bank), confidence: 0.93, box: null, source: 'bank/app' };
}
