import type { Classification, Extraction, FieldName, Fields, FieldValue, Reason } from '../domain/document.ts';
import type { Reading } from '../domain/reading.ts';
import type { Evidence } from './classify/evidence.ts';
import { doubtfulBelow } from './extract/reasons.ts';

type Understand = {
  /** `more`: signs of the merchant that are not printed. */
  classify: (reading: Reading, more?: readonly Evidence[]) => Classification;
  extract: (reading: Reading, classification: Classification, today: string) => Extraction;
};
type Looks<T> = readonly [T, ...T[]];
type Vote = { readonly value: FieldValue; readonly look: number };

/** Fields whose first decides for all: values of two looks must not be mixed. */
const together: readonly Looks<FieldName>[] = [
  ['total', 'subtotal', 'tax', 'currency'],
  ['date', 'time'],
  ['fecha', 'hora_operacion'],
];
const followers: ReadonlySet<string> = new Set(together.flatMap(([, ...rest]) => rest));
/** Of a value that another look surely sees otherwise. */
const contestedFactor = 0.85;
const sureRival = 0.6;
/** Of a value that the first look did not see. */
const lateFactor = 0.97;
const mostConfident = 0.99;
/** What the first look gives so surely is not put to the vote. */
const sureFirst = 0.9;

/** Understands each look at a document by itself, then decides between them. */
export function overLooks({ classify, extract }: Understand): Understand {
  return {
    classify: (reading, more) => {
      const [first, ...others] = readingsOf(reading);
      return bestClassification([classify(first, more), ...others.map((look) => classify(look, more))]);
    },
    extract: (reading, classification, today) => {
      const [reading1, ...others] = readingsOf(reading);
      const first = extract(reading1, classification, today);
      if (others.length === 0) return first;
      const further = others.map((look) => extract(look, classification, today));
      const fields = mergedFields([first.fields, ...further.map((look) => look.fields)]);
      const items = [first, ...further].find((look) => look.items?.addsUp)?.items ?? first.items;
      return { ...first, fields, reasons: reasonsAfter(first.reasons, fields), ...(items ? { items } : {}) };
    },
  };
}

/** The first reading and each further look as a reading of its own. */
function readingsOf(reading: Reading): Looks<Reading> {
  const { again = [], ...first } = reading;
  return [first, ...again.map(({ provider, pages }) => ({ ...first, provider, pages }))];
}

/** The first look's, unless it did not see surely whose the document is and another one did. */
function bestClassification(looks: Looks<Classification>): Classification {
  const [first] = looks;
  const sureness = ({ merchant }: Classification) => merchant?.confidence ?? 0;
  if (sureness(first) >= doubtfulBelow) return first;
  const told = looks.find(({ kind }) => kind !== 'other') ?? first;
  const best = looks.reduce((most, look) => (sureness(look) > sureness(most) ? look : most));
  return { ...told, merchant: best.merchant, candidates: best.candidates };
}

/** The fields of the first look; what it misses or doubts is decided by all looks together. */
export function mergedFields(looks: Looks<Fields>): Fields {
  const [first] = looks;
  // Object.keys widens the names of the fields to string.
  const names = new Set(looks.flatMap((fields) => Object.keys(fields) as FieldName[]));
  const merged: Fields = { ...first };
  for (const name of names) {
    const best = followers.has(name) ? null : decided(looks.flatMap((fields, look) => voteOf(fields[name], look)));
    if (!best) continue;
    merged[name] = best.value;
    const [, ...rest] = together.find(([leader]) => leader === name) ?? [];
    for (const follower of rest) {
      const value = looks[best.look]?.[follower] ?? first[follower];
      if (value) merged[follower] = value;
    }
  }
  return merged;
}

function voteOf(value: FieldValue | undefined, look: number): Vote[] {
  return value ? [{ value, look }] : [];
}

/** The value that most looks are surest of; null where the first is sure itself, or nobody saw any. */
function decided(votes: readonly Vote[]): Vote | null {
  const [first] = votes;
  if (!first || (first.look === 0 && first.value.confidence >= sureFirst)) return null;
  const groups = [...Map.groupBy(votes, ({ value }) => comparable(value.value)).values()];
  const [winners = [], rivals = []] = groups.sort((a, b) => weightOf(b) - weightOf(a));
  const best = winners.reduce((most, vote) => (vote.value.confidence > most.value.confidence ? vote : most), first);
  const others = winners.filter((vote) => vote !== best);
  // Looks share their mistakes: one that agrees takes away half of the doubt that it would alone.
  const doubt = others.reduce((left, { value }) => left * (1 - value.confidence / 2), 1 - best.value.confidence);
  const isContested = rivals.some(({ value }) => value.confidence >= sureRival);
  const factor = (first.look === 0 ? 1 : lateFactor) * (isContested ? contestedFactor : 1);
  const confidence = Math.round(Math.min(mostConfident, (1 - doubt) * factor) * 1000) / 1000;
  return { ...best, value: { ...best.value, confidence } };
}

function weightOf(votes: readonly Vote[]): number {
  return votes.reduce((sum, { value }) => sum + value.confidence, 0);
}

function comparable(value: string): string {
  return value
    .normalize('NFD')
    .replace(/[^\p{L}\d]/gu, '')
    .toUpperCase();
}

/** Without the reasons that the further looks have settled. */
function reasonsAfter(reasons: readonly Reason[], fields: Fields): Reason[] {
  const confidenceOf = (name: string) => Object.entries(fields).find(([key]) => key === name)?.[1]?.confidence ?? 0;
  const settled = reasons.flatMap((reason): Reason[] => {
    const [word, name = 'merchant'] = reason === 'unknown_merchant' ? [reason] : reason.split(':');
    if (word !== 'missing' && word !== 'doubtful' && reason !== 'unknown_merchant') return [reason];
    const confidence = confidenceOf(name);
    if (confidence >= doubtfulBelow) return [];
    return [word === 'missing' && confidence > 0 ? `doubtful:${name}` : reason];
  });
  return [...new Set(settled)];
}
