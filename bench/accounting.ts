import { cpus } from 'node:os';
import { anAccounting } from '../test/support/accounting.ts';
import { aCfdi } from '../test/support/e-invoices.ts';

/**
 * What 500 e-invoices of 60 suppliers ask of Alegra: `node bench/accounting.ts [invoices] [suppliers]`. A query is a call that only reads, or
 * makes a contact; the bill itself and its attachment are not. Cold: Alegra knows no supplier. Steady: it knows all, and last night's
 * reading is remembered.
 */
const invoices = Number(process.argv[2] ?? 500);
const suppliers = Number(process.argv[3] ?? 60);

const results = [await measure('cold'), await measure('steady')];
console.table(results);
console.log(JSON.stringify(results));

async function measure(state: 'cold' | 'steady') {
  await using ends = new AsyncDisposableStack();
  const known = Array.from({ length: suppliers }, (_, place) => ({
    name: `Proveedor ${place}`,
    identification: rfcOf(place),
  }));
  const owner = { after: (end: () => unknown) => ends.defer(async () => void (await end())) };
  const office = await anAccounting(
    owner as Parameters<typeof anAccounting>[0],
    state === 'steady' ? { suppliers: known } : {},
  ); // it only ends things
  if (state === 'steady') await (await office.connections.alegraOf('acme'))?.syncContacts();
  const readBefore = office.alegra.calls.length;
  const times: number[] = [];
  for (let number = 0; number < invoices; number += 1) {
    const uuid = `5A1B2C3D-0000-4000-8000-${number.toString(16).toUpperCase().padStart(12, '0')}`;
    const ticket = await office.invoiced(aCfdi({ uuid, issuer: rfcOf(number % suppliers) }), `${number}.xml`);
    // 500 invoices are some hours of a busy day, in which what is remembered runs out.
    office.clock.advance(60_000);
    const began = performance.now();
    await office.books.book(ticket);
    times.push(performance.now() - began);
  }
  const calls = office.alegra.calls.slice(readBefore);
  const queries = calls.filter((call) => call.startsWith('GET ') || call === 'POST /contacts').length;
  const { hit_rate } = await office.cached.metrics();
  const median = times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
  return {
    ...{
      state,
      invoices,
      suppliers,
      bills: office.alegra.bills.length,
      problems: office.alegra.problems.length,
      queries,
    },
    queriesPerInvoice: Number((queries / invoices).toFixed(3)),
    hitRatePercent: hit_rate,
    medianMs: Math.round(median),
    cpu: cpus()[0]?.model,
  };
}

function rfcOf(place: number): string {
  return `AAA0101${String((place % 28) + 1).padStart(2, '0')}${String(Math.floor(place / 28)).padStart(2, '0')}A`;
}
