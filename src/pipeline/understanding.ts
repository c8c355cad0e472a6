import type { Classification, Extraction } from '../domain/document.ts';
import type { EInvoice } from '../domain/e-invoice.ts';
import type { Reading } from '../domain/reading.ts';
import { classify } from './classify/classify.ts';
import { loadMerchants } from './classify/merchants.ts';
import { classifiedByFacts, withFacts } from './codes/apply-facts.ts';
import { documentFacts } from './codes/document-facts.ts';
import { classifyInvoice } from './einvoice/classify-invoice.ts';
import { sureCountry } from './extract/country.ts';
import { extract } from './extract/extract.ts';
import type { Layout } from './extract/layout.ts';
import { loadBankCatalog } from './extract/payment/bank-catalog.ts';
import { readingFromText } from './extract/reading-from-text.ts';
import { loadExtractionRules } from './extract/rules.ts';
import { overLooks } from './looks.ts';

export interface Understanding {
  classify: (reading: Reading) => Classification;
  classifyInvoice: (invoice: EInvoice) => Classification;
  /** `today`: YYYY-MM-DD, the latest date that a document may bear. */
  extract: (reading: Reading, classification: Classification, today: string) => Extraction;
}

/** Reads the data that understanding rests on (merchants, banks, rules) from `configDir` and binds it to the pure functions. */
export async function loadUnderstanding(configDir: string): Promise<Understanding> {
  const catalog = await loadMerchants(`${configDir}/merchants`);
  const rules = await loadExtractionRules(`${configDir}/extraction-rules.json`);
  const banks = loadBankCatalog(`${configDir}/banks.json`);
  const countryOf = (layout: Layout) => sureCountry(layout, rules);
  const understanding: Understanding = {
    classify: (reading) =>
      classifiedByFacts(classify(reading, catalog, { countryOf }), documentFacts(reading.codes), catalog),
    classifyInvoice: (invoice) => classifyInvoice(invoice, catalog),
    extract: (reading, classification, today) => {
      const extraction = extract(reading, classification, { today, catalog, rules, banks });
      return withFacts(extraction, classification, documentFacts(reading.codes));
    },
  };
  warmUp(understanding);
  return { ...understanding, ...overLooks(understanding) };
}

/** The first document would else hold the main thread three times as long as the next ones. */
function warmUp({ classify, extract }: Understanding): void {
  const reading = readingFromText(
    'TIENDA DE MUESTRA\nRFC: XAXX010101000\nFECHA: 01/01/2026 10:00\nTOTAL $ 10.00\nEFECTIVO 10.00',
  );
  extract(reading, classify(reading), '2026-01-01');
}
