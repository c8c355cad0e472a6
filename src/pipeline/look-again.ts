import type { Classification, Extraction, FieldName } from '../domain/document.ts';
import type { LookKind, Page, Profile, Reading } from '../domain/reading.ts';
import { coverage, textArea } from './read/look/text-area.ts';
import type { Reader, ReadRequest } from './read/reader.ts';

export type LookAgainDeps = {
  readonly reader: Reader;
  readonly classify: (reading: Reading) => Classification;
  readonly extract: (reading: Reading, classification: Classification, today: string) => Extraction;
  readonly log: { warn(details: object, message: string): void };
  /** The latest date that a document may bear, YYYY-MM-DD. */
  readonly today: () => string;
};

/** Each look costs about as much as the first: only the careful profile takes all. */
const lastResorts: Readonly<Record<Profile, readonly LookKind[]>> = {
  ultra_rapido: [],
  balanced: [],
  high_confidence: ['second_engine'],
};
/** Text that covers less of its picture, or is turned by more, is read better from nearer. */
const smallShare = 0.55;
const slantedDegrees = 3;
/** A value below is open. The faster profiles look again only where a value is missing or more likely wrong than right. */
const openBelow: Readonly<Record<Profile, number>> = { ultra_rapido: 0.5, balanced: 0.5, high_confidence: 0.9 };
const receiptNeeds: readonly FieldName[] = ['date', 'total'];
const paymentNeeds: readonly FieldName[] = ['monto', 'referencia', 'fecha'];
/** Fewer lines are no document, and more pages take too long. */
const minLines = 6;
const maxPages = 3;

/** A reader that looks again, and differently, at a document whose most important fields its first look leaves open. */
export function createAttentiveReader(deps: LookAgainDeps): Reader {
  const { reader, classify, extract, log, today } = deps;

  async function read(request: ReadRequest): Promise<Reading> {
    let reading = await reader.read(request);
    if (!isWorthAnother(reading)) return reading;
    const { pages: seen } = reading;
    for (const kind of [...likeliestFirst(seen), ...lastResorts[request.profile]]) {
      if (!leavesOpen(reading, request.profile)) break;
      const look = await lookAgain({ ...request, look: { kind, pages: seen } });
      if (!look) break;
      const { provider, pages, ms } = look;
      reading = { ...reading, ms: reading.ms + ms, again: [...(reading.again ?? []), { kind, provider, pages }] };
    }
    return reading;
  }

  /** What was read at first is worth having alone. */
  async function lookAgain({ onProgress: _, ...request }: ReadRequest): Promise<Reading | null> {
    try {
      return await reader.read(request);
    } catch (error) {
      request.signal?.throwIfAborted();
      log.warn({ err: error, look: request.look?.kind }, 'looking again failed');
      return null;
    }
  }

  function leavesOpen(reading: Reading, profile: Profile): boolean {
    const classification = classify(reading);
    if (classification.kind === 'e_invoice' || classification.kind === 'bank_email') return false;
    const needs = classification.kind === 'payment_proof' ? paymentNeeds : receiptNeeds;
    const { fields } = extract(reading, classification, today());
    return needs.some((name) => (fields[name]?.confidence ?? 0) < openBelow[profile]);
  }

  return { read, close: () => reader.close() };
}

function likeliestFirst(pages: readonly Page[]): readonly LookKind[] {
  const isFar = pages.some((page) => {
    const area = textArea(page);
    const slant = Math.abs(page.angle - 90 * Math.round(page.angle / 90));
    return slant > slantedDegrees || (area !== null && coverage(page, area) < smallShare);
  });
  return isFar ? ['closer', 'without_colour'] : ['without_colour', 'closer'];
}

function isWorthAnother({ provider, pages }: Reading): boolean {
  const lines = pages.reduce((count, page) => count + page.lines.length, 0);
  return provider !== 'text-layer' && pages.length <= maxPages && lines >= minLines;
}
