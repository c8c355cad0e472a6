import type { Classification } from '../domain/document.ts';
import type { Reading } from '../domain/reading.ts';
import type { Evidence } from './classify/evidence.ts';
import type { Learning } from './learning.ts';
import type { Understanding } from './understanding.ts';

export interface ClassifierDeps {
  understanding: Pick<Understanding, 'classifyWith'>;
  learning: Pick<Learning, 'evidence'>;
  /** Asks an embedding service; null where none is set up. Gives no signs when it cannot be reached. */
  semantic: ((reading: Reading) => Promise<Evidence[]>) | null;
}

/** From this on nobody else is asked. */
const sureFrom = 0.8;

/** What a document is and whose, for a company: by what is printed, by what people taught, and where that is not sure by an embedding service. */
export function createClassifier({ understanding, learning, semantic }: ClassifierDeps) {
  return async function classifyFor(reading: Reading, companyId: string): Promise<Classification> {
    const learned = await learning.evidence(companyId, reading);
    const found = understanding.classifyWith(reading, learned);
    const isSure = (found.merchant?.confidence ?? 0) >= sureFrom;
    if (semantic === null || isSure || found.kind === 'payment_proof') return found;
    const signs = await semantic(reading);
    return signs.length === 0 ? found : understanding.classifyWith(reading, [...learned, ...signs]);
  };
}
