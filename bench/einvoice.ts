import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { DOMParser } from '@xmldom/xmldom';
import { parseEInvoice } from '../src/pipeline/einvoice/parse-e-invoice.ts';

/**
 * E-invoices a second on one core, seals checked, beside xmldom, which only builds a tree of the same files and checks nothing: `node bench/einvoice.ts [seconds]`, over the files of
 * ../shared/data/einvoice.
 */
const folder = new URL('../../shared/data/einvoice/', import.meta.url);
const seconds = Number(process.argv[2] ?? 5);

if (existsSync(folder)) measure();
else console.error('SKIPPED: ../shared/data/einvoice is not here; nothing was measured');

function measure(): void {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.xml') && !name.includes('SignSoapTest'))
    .map((name) => readFileSync(new URL(name, folder)));
  const bytes = files.reduce((sum, file) => sum + file.byteLength, 0);
  const ours = roundsPerSecond(() => files.forEach((file) => void parseEInvoice(file)));
  const quiet = new DOMParser({ errorHandler: () => undefined });
  const texts = files.map((file) => file.toString('utf8'));
  const peer = roundsPerSecond(() => texts.forEach((text) => void quiet.parseFromString(text, 'text/xml')));
  const result = {
    files: files.length,
    meanKb: Math.round(bytes / files.length / 1024),
    filesPerSecond: Math.round(ours * files.length),
    mbPerSecond: Number(((ours * bytes) / 1e6).toFixed(1)),
    xmldomTreesPerSecond: Math.round(peer * files.length),
    rssMb: Math.round(process.memoryUsage().rss / 1e6),
    cpu: cpus()[0]?.model,
  };
  console.table([result]);
  console.log(JSON.stringify(result));
}

function roundsPerSecond(work: () => void): number {
  work();
  const began = performance.now();
  let rounds = 0;
  for (; performance.now() - began < seconds * 1000; rounds += 1) work();
  return (rounds * 1000) / (performance.now() - began);
}
