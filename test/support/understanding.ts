import type { Classification, Extraction } from '../../src/domain/document.ts';
import { classify } from '../../src/pipeline/classify/classify.ts';
import type { Evidence } from '../../src/pipeline/classify/evidence.ts';
import { loadMerchants, type MerchantCatalog } from '../../src/pipeline/classify/merchants.ts';
import { sureCountry } from '../../src/pipeline/extract/country.ts';
import { extract } from '../../src/pipeline/extract/extract.ts';
import { loadBankCatalog } from '../../src/pipeline/extract/payment/bank-catalog.ts';
import { readingFromText } from '../../src/pipeline/extract/reading-from-text.ts';
import { type ExtractionRules, loadExtractionRules } from '../../src/pipeline/extract/rules.ts';

export interface Understood {
  readonly classification: Classification;
  readonly extraction: Extraction;
  /** The value of a field, or undefined. */
  value(name: keyof Extraction['fields']): string | undefined;
  confidence(name: keyof Extraction['fields']): number;
}

export interface UnderstandingData {
  readonly catalog: MerchantCatalog;
  readonly rules: ExtractionRules;
  understand(text: string, today?: string): Understood;
  /** With signs that are not printed. */
  understandWith(text: string, more: readonly Evidence[]): Understood;
}

const config = new URL('../../config/', import.meta.url).pathname;

/** The shipped merchants, rules and banks, and a way to read a text with them. */
export async function loadUnderstandingData(): Promise<UnderstandingData> {
  const catalog = await loadMerchants(`${config}merchants`);
  const rules = await loadExtractionRules(`${config}extraction-rules.json`);
  const banks = loadBankCatalog(`${config}banks.json`);
  function understand(text: string, today = '2026-06-30', more: readonly Evidence[] = []): Understood {
    const reading = readingFromText(text);
    const classification = classify(reading, catalog, { countryOf: (layout) => sureCountry(layout, rules), more });
    const extraction = extract(reading, classification, { today, catalog, rules, banks });
    return {
      classification,
      extraction,
      value: (name) => extraction.fields[name]?.value,
      confidence: (name) => extraction.fields[name]?.confidence ?? 0,
    };
  }
  return { catalog, rules, understand, understandWith: (text, more) => understand(text, undefined, more) };
}
