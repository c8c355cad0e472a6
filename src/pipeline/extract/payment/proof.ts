import type { Reading } from '../../../domain/reading.ts';
import { layoutOf } from '../layout.ts';
import type { Bank, BankApp, BankCatalog } from './bank-catalog.ts';
import { type BankFinder, createBankFinder } from './bank-finder.ts';
import { createLabelFinder } from './labels.ts';
import { phonesIn } from './phones-in-text.ts';
import { withSections } from './sections.ts';
import { type Segment, segmentsOf } from './segments.ts';

/** One payment proof, prepared for its fields' rules. */
export interface Proof {
  readonly segments: readonly Segment[];
  /** All rows, one a line. */
  readonly text: string;
  readonly bankFinder: BankFinder;
  readonly banks: BankCatalog;
  readonly app: { readonly bank: Bank; readonly app: BankApp } | null;
  readonly isVenezuelan: boolean;
  /** The user's own date, YYYY-MM-DD. */
  readonly today: string;
}

/** Some engines give a whole screen as one line. */
export const longestText = 600;

export function proofOf(reading: Reading, options: { today: string; banks: BankCatalog }): Proof {
  const layout = layoutOf(reading, longestText);
  const text = layout.rows.map((row) => row.text).join('\n');
  const bankFinder = createBankFinder(options.banks);
  const app = bankFinder.appOf(text);
  return {
    segments: withSections(segmentsOf(layout, createLabelFinder())),
    text,
    bankFinder,
    banks: options.banks,
    app,
    isVenezuelan: app ? app.bank.country === 'VE' : looksVenezuelan(text),
    today: options.today,
  };
}

function looksVenezuelan(text: string): boolean {
  return /(?<![A-Za-z])Bs\s?\.?(?![A-Za-z])|pago ?m[oó]vil/i.test(text) || phonesIn(text, false).length > 0;
}
