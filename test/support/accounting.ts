import type { TestContext } from 'node:test';
import { openAccounting } from '../../src/accounting/open-accounting.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { extractInvoice } from '../../src/pipeline/einvoice/invoice-fields.ts';
import { parseEInvoice } from '../../src/pipeline/einvoice/parse-e-invoice.ts';
import { createProviderMeter } from '../../src/resilience/provider-metrics.ts';
import { createSecrets } from '../../src/secrets/secrets.ts';
import { createAccountingCache } from '../../src/store/accounting-cache.ts';
import { createBookings } from '../../src/store/bookings.ts';
import { createCredentials } from '../../src/store/credentials.ts';
import { createFiles, sha256Of } from '../../src/store/files.ts';
import { type AlegraServerOptions, alegraAccount, anAlegraServer } from './alegra-server.ts';
import { aTicket } from './builders.ts';
import { manualClock } from './manual-clock.ts';
import { aStore, quiet } from './store.ts';

export interface AccountingOptions extends AlegraServerOptions {
  /** Where Alegra tells of changes. */
  webhookUrl?: string;
  account?: typeof alegraAccount | null;
}

/** The real books on a database of the test's own, with an Alegra of the test's own, at a time that stands still unless somebody waits. */
export async function anAccounting(t: Pick<TestContext, 'after'>, options: AccountingOptions = {}) {
  const { connection } = await aStore(t);
  const manual = manualClock();
  const clock = { ...manual, sleep: async (ms: number) => manual.advance(ms) };
  const alegra = await anAlegraServer(t, { now: clock.now, ...options });
  const files = await createFiles(connection);
  const refused: string[] = [];
  const credentials = createCredentials(connection, createSecrets(Buffer.alloc(32, 7).toString('base64')), clock);
  const office = openAccounting({
    settings: {
      ...{ alegraUrl: alegra.url, account: options.account === undefined ? alegraAccount : options.account },
      ...{
        webhookUrl: options.webhookUrl ?? null,
        ttlMs: { contacts: 3_600_000, items: 1_800_000, accounts: 7_200_000 },
      },
    },
    defaultCompanyId: 'acme',
    bookings: await createBookings(connection),
    cache: await createAccountingCache(connection, clock),
    ...{ credentials, files, clock, log: quiet, meter: createProviderMeter(), ownTaxIds: async () => [] },
    alertRefused: async (_booking, reason) => void refused.push(reason),
  });

  /** A ticket as it is when its e-invoice has been read to the end. */
  async function invoiced(xml: string, name = 'factura.xml', changes: Partial<Ticket> = {}): Promise<Ticket> {
    const bytes = Buffer.from(xml);
    const invoice = parseEInvoice(bytes);
    const classification = { kind: 'e_invoice', kindConfidence: 1, merchant: null, candidates: [] } as const;
    const { fields } = extractInvoice(invoice, { ...classification, candidates: [] });
    const file = { sha256: sha256Of(bytes), name, mime: 'application/xml', sizeBytes: bytes.length };
    await files.put(bytes, file);
    return aTicket({ ...classification, candidates: [], invoice, fields, file, stage: 'COMPLETED', ...changes });
  }

  /** A purchase receipt as it was read. */
  async function receipt(values: Record<string, string>, changes: Partial<Ticket> = {}): Promise<Ticket> {
    const bytes = Buffer.from(JSON.stringify(values));
    const file = { sha256: sha256Of(bytes), name: 'recibo.jpg', mime: 'image/jpeg', sizeBytes: bytes.length };
    await files.put(bytes, file);
    const fields = Object.fromEntries(
      Object.entries(values).map(([field, value]) => [
        field,
        { value, confidence: 0.9, box: null, source: 'ocr/label' },
      ]),
    );
    return aTicket({ kind: 'receipt', fields, file, stage: 'COMPLETED', ...changes });
  }

  const sweep = () => office.books.sweep(new AbortController().signal);
  return { ...office, alegra, clock, files, refused, invoiced, receipt, sweep, connection };
}
