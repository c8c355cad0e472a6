import type { Bank, BankApp, BankCatalog } from './bank-catalog.ts';
import type { Finding } from './finding.ts';
import { findPhrase, fold, foldedText } from './fold.ts';

export interface BankHit extends Finding {
  readonly bank: Bank;
}

export interface BankFinder {
  /** The bank that a text names, by its code, its name or both. */
  find(text: string): BankHit | null;
  /** As `find`, in a text that a label announces as a bank. */
  findAnnounced(text: string): BankHit | null;
  byCode(code: string): Bank | null;
  /** The app whose mark stands on the proof. */
  appOf(text: string): { bank: Bank; app: BankApp } | null;
}

interface Name {
  readonly folded: string;
  readonly bank: Bank;
}

export function createBankFinder(banks: BankCatalog): BankFinder {
  const names = banks
    .flatMap((bank) => [bank.name, ...bank.aliases].map((name) => ({ folded: foldedText(name), bank })))
    .sort(longestFirst);
  const words = banks.flatMap((bank) => bank.words.map((word) => ({ folded: foldedText(word), bank })));
  const announcedNames = [...names, ...words].sort(longestFirst);
  const marks = banks
    .flatMap((bank) => bank.apps.flatMap((app) => app.marks.map((mark) => ({ folded: foldedText(mark), bank, app }))))
    .sort(longestFirst);
  const byCode = (code: string) => banks.find((bank) => bank.code === code) ?? null;
  return {
    byCode,
    find: (text) => hitOf(codeIn(text, byCode), nameIn(text, names)),
    findAnnounced: (text) => hitOf(codeIn(text, byCode), nameIn(text, announcedNames)),
    appOf(text) {
      const folded = foldedText(text);
      return marks.find((mark) => folded.includes(mark.folded)) ?? null;
    },
  };
}

function longestFirst(a: { folded: string }, b: { folded: string }): number {
  return b.folded.length - a.folded.length;
}

/** `0105 - BANCO MERCANTIL`, or the name alone where banks have no printed code. */
export function bankValue(bank: Bank): string {
  return bank.code === null ? bank.name : `${bank.code} - ${bank.name}`;
}

type Place = { bank: Bank; start: number; end: number };

function hitOf(code: Place | null, name: Place | null): BankHit | null {
  const best = name ?? code;
  if (!best) return null;
  const both = code !== null && name !== null;
  const certainty = both ? (code.bank === name.bank ? 0.99 : 0.7) : name ? 0.96 : 0.93;
  const start = Math.min(best.start, code?.start ?? best.start);
  const end = Math.max(best.end, code?.end ?? best.end);
  return { bank: best.bank, value: bankValue(best.bank), start, end, certainty };
}

function codeIn(text: string, byCode: (code: string) => Bank | null): Place | null {
  for (const match of text.matchAll(/(?<![\d*.,/:])0\d{3}(?![\d*])/g)) {
    const bank = byCode(match[0]);
    if (bank) return { bank, start: match.index, end: match.index + 4 };
  }
  return null;
}

function nameIn(text: string, names: readonly Name[]): Place | null {
  const folded = fold(text);
  for (const { folded: name, bank } of names) {
    const place = findPhrase(text, folded, name);
    if (place) return { bank, ...place };
  }
  return null;
}
