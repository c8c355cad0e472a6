import type { Classification, Extraction } from '../domain/document.ts';
import type { Reading } from '../domain/reading.ts';

export interface Understanding {
  classify: (reading: Reading) => Classification;
  extract: (reading: Reading, classification: Classification, today: string) => Extraction;
}

/** Reads the data that understanding rests on (merchants, banks, rules) from `configDir` and binds it to the pure functions. */
export async function loadUnderstanding(_configDir: string): Promise<Understanding> {
  return {
    classify: () => ({ kind: 'other', kindConfidence: 0, merchant: null }),
    extract: () => ({ fields: {}, reasons: ['not_a_receipt'] }),
  };
}
