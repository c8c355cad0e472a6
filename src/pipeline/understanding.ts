import type { Classification, Extraction } from '../domain/document.ts';
import type { EInvoice } from '../domain/e-invoice.ts';
import type { Reading } from '../domain/reading.ts';
import { classify } from './classify/classify.ts';
import type { Evidence } from './classify/evidence.ts';
import { classifiedByFacts, withFacts } from './codes/apply-facts.ts';
import { documentFacts } from './codes/document-facts.ts';
import { classifyInvoice } from './einvoice/classify-invoice.ts';
import { sureCountry } from './extract/country.ts';
import { extract } from './extract/extract.ts';
import type { Layout } from './extract/layout.ts';
import { readingFromText } from './extract/reading-from-text.ts';
import { type Knowledge, loadKnowledge } from './knowledge.ts';
import { overLooks } from './looks.ts';
import { withReturns } from './returns.ts';

export interface Understanding {
  classify: (reading: Reading) => Classification;
  /** With signs of the merchant that are not printed: what was learned, what an embedding service says. */
  classifyWith: (reading: Reading, more: readonly Evidence[]) => Classification;
  classifyInvoice: (invoice: EInvoice) => Classification;
  /** `today`: YYYY-MM-DD, the latest date that a document may bear. */
  extract: (reading: Reading, classification: Classification, today: string) => Extraction;
}

/** Understanding with the shipped data only, read once. */
export async function loadUnderstanding(configDir: string): Promise<Understanding> {
  return understandWith(await loadKnowledge({ configDir, rulesDir: null }));
}

/** The pure functions, bound to their data. */
export function understandWith({ catalog, rules, banks }: Knowledge): Understanding {
  const countryOf = (layout: Layout) => sureCountry(layout, rules);
  const looked = overLooks({
    classify: (reading, more = []) =>
      classifiedByFacts(classify(reading, catalog, { countryOf, more }), documentFacts(reading.codes), catalog),
    extract: (reading, classification, today) => {
      const extraction = withReturns(extract(reading, classification, { today, catalog, rules, banks }), reading);
      return withFacts(extraction, classification, documentFacts(reading.codes));
    },
  });
  const understanding: Understanding = {
    classify: (reading) => looked.classify(reading),
    classifyWith: looked.classify,
    classifyInvoice: (invoice) => classifyInvoice(invoice, catalog),
    extract: looked.extract,
  };
  warmUp(understanding);
  return understanding;
}

/** The first document would else hold the main thread three times as long as the next ones. */
function warmUp({ classify, extract }: Understanding): void {
  const reading = readingFromText(
    'TIENDA DE MUESTRA\nRFC: XAXX010101000\nFECHA: 01/01/2026 10:00\nTOTAL $ 10.00\nEFECTIVO 10.00',
  );
  extract(reading, classify(reading), '2026-01-01');
}
