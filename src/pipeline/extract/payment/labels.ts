import { editDistance } from './edit-distance.ts';
import { type Folded, fold, foldedText, isLetter } from './fold.ts';
import { type LabelKind, strongLabels, weakLabels } from './label-table.ts';

/** A label inside a line: its characters `start` to `end`, a colon that follows included. */
export interface LabelHit {
  readonly kind: LabelKind;
  readonly start: number;
  readonly end: number;
}

export type LabelFinder = (text: string) => readonly LabelHit[];

interface Label {
  readonly kind: LabelKind;
  readonly folded: string;
  readonly isWeak: boolean;
  /** The letters that occur in it, a bit each. */
  readonly letters: number;
}

const numericKinds: ReadonlySet<LabelKind> = new Set([
  'monto',
  'total',
  'comision',
  'otherAmount',
  'referencia',
  'comprobante',
  'telefono',
  'cedula',
  'fecha',
  'hora',
  'banco',
  'origen',
  'destino',
  'cuenta',
  'fiscal',
]);
/** A shorter label with a wrong letter could be any word. */
const fuzzyLabelLetters = 5;
/** Longest text that is searched for a label with a wrong letter in it. */
const fuzzyLabelLength = 40;

/** Finds the labels of one line: by their folded letters anywhere, with a letter wrong when nothing but a label is there. */
export function createLabelFinder(): LabelFinder {
  return (text) => {
    const hits = exactHits(text, fold(text), labelsByFirstLetter);
    if (hits[0]?.start === 0) return hits;
    const fuzzy = fuzzyHit(text, labels);
    return fuzzy ? [fuzzy, ...hits.filter((hit) => hit.start >= fuzzy.end)] : hits;
  };
}

const labels = [...entries(strongLabels, false), ...entries(weakLabels, true)].sort(
  (a, b) => b.folded.length - a.folded.length,
);
const labelsByFirstLetter = Map.groupBy(labels, (label) => label.folded.charAt(0));

function entries(table: Readonly<Partial<Record<LabelKind, string>>>, isWeak: boolean): Label[] {
  // Object.entries widens the keys to string; the table's type says that they are label kinds.
  const rows = Object.entries(table) as [LabelKind, string][];
  return rows.flatMap(([kind, names]) =>
    names.split('|').map((name) => {
      const folded = foldedText(name);
      return { kind, folded, isWeak, letters: lettersOf(folded) };
    }),
  );
}

function lettersOf(folded: string): number {
  let bits = 0;
  for (let index = 0; index < folded.length; index += 1) bits |= 1 << (folded.charCodeAt(index) & 31);
  return bits;
}

/** Each edit takes one letter away and brings one at most: texts that differ in more letters are further apart. */
function mayBeWithin(a: number, b: number, edits: number): boolean {
  let different = a ^ b;
  let count = 0;
  for (; different !== 0; different &= different - 1) count += 1;
  return count <= 2 * edits;
}

function exactHits(text: string, folded: Folded, byFirstLetter: ReadonlyMap<string, readonly Label[]>): LabelHit[] {
  const hits: LabelHit[] = [];
  let index = 0;
  while (index < folded.text.length) {
    const hit = hitAt(text, folded, index, byFirstLetter.get(folded.text.charAt(index)) ?? []);
    if (hit) hits.push(hit.label);
    index = hit ? hit.next : index + 1;
  }
  return hits;
}

function hitAt(
  text: string,
  folded: Folded,
  index: number,
  labels: readonly Label[],
): { label: LabelHit; next: number } | null {
  const start = folded.at[index];
  if (start === undefined || !startsWord(text, start)) return null;
  for (const label of labels) {
    if (!folded.text.startsWith(label.folded, index)) continue;
    const next = index + label.folded.length;
    const wordEnd = (folded.at[next - 1] ?? start) + 1;
    const end = labelEnd(text, start, wordEnd, label);
    if (end !== null) return { label: { kind: label.kind, start, end }, next };
  }
  return null;
}

function startsWord(text: string, start: number): boolean {
  const before = text.charAt(start - 1);
  if (!isLetter(before)) return !/\d/.test(before);
  return isLowerCase(before) && !isLowerCase(text.charAt(start));
}

/** Where the label ends, its colon included; null when what follows says that it is no label. */
function labelEnd(text: string, start: number, wordEnd: number, label: Label): number | null {
  const separator = /^[\s.)°º]*[:;=?]\s*/.exec(text.slice(wordEnd, wordEnd + 12));
  if (separator) return wordEnd + separator[0].length;
  const isWholeLine = !/[\p{L}\d]/u.test(text.slice(0, start)) && !/[\p{L}\d]/u.test(text.slice(wordEnd));
  if (isWholeLine) return text.length;
  if (label.isWeak) return announcesNumber(text.slice(wordEnd, wordEnd + 8), label.kind) ? wordEnd : null;
  const after = text.charAt(wordEnd);
  if (!isLetter(after)) return wordEnd;
  return isLowerCase(text.charAt(wordEnd - 1)) && !isLowerCase(after) ? wordEnd : null;
}

/** `Operación 0030…`, `Celular 0414…`, `RIF J-…`: the colon was lost, but what follows is what the label announces. */
function announcesNumber(after: string, kind: LabelKind): boolean {
  return numericKinds.has(kind) && /^\s{1,3}(?:[\d*+$]|Bs|[VEJGPC]\s?-?\s?\d)/.test(after);
}

function isLowerCase(character: string): boolean {
  return character !== character.toUpperCase();
}

/** A label with one or two letters misread, when it begins the line and ends it or a colon follows (`Montoc`: a colon read as a letter). */
function fuzzyHit(text: string, labels: readonly Label[]): LabelHit | null {
  const colon = text.search(/[:;]/);
  const end = colon < 0 ? text.length : colon + 1;
  if (end > fuzzyLabelLength) return null;
  const folded = foldedText(text.slice(0, end));
  const allowed = folded.length >= 12 ? 2 : folded.length >= fuzzyLabelLetters ? 1 : 0;
  if (allowed === 0 || /\d/.test(folded)) return null;
  const letters = lettersOf(folded);
  const best = labels
    .filter(
      (label) => Math.abs(label.folded.length - folded.length) <= allowed && label.folded.length >= fuzzyLabelLetters,
    )
    .filter((label) => mayBeWithin(label.letters, letters, allowed))
    .map((label) => ({ label, distance: editDistance(label.folded, folded, allowed) }))
    .filter(({ distance }) => distance <= allowed)
    .sort((a, b) => a.distance - b.distance)[0];
  return best ? { kind: best.label.kind, start: 0, end } : null;
}
