import type { Classification, Extraction } from '../domain/document.ts';
import type { Reading } from '../domain/reading.ts';
import { classify } from './classify/classify.ts';
import { loadMerchants } from './classify/merchants.ts';
import { extract } from './extract/extract.ts';
import { loadBankCatalog } from './extract/payment/bank-catalog.ts';
import { loadExtractionRules } from './extract/rules.ts';

export interface Understanding {
  classify: (reading: Reading) => Classification;
  /** `today`: YYYY-MM-DD, the latest date that a document may bear. */
  extract: (reading: Reading, classification: Classification, today: string) => Extraction;
}

/** Reads the data that understanding rests on (merchants, banks, rules) from `configDir` and binds it to the pure functions. */
export async function loadUnderstanding(configDir: string): Promise<Understanding> {
  const catalog = await loadMerchants(`${configDir}/merchants`);
  const rules = await loadExtractionRules(`${configDir}/extraction-rules.json`);
  const banks = loadBankCatalog(`${configDir}/banks.json`);
  return {
    classify: (reading) => classify(reading, catalog),
    extract: (reading, classification, today) => extract(reading, classification, { today, catalog, rules, banks }),
  };
}
