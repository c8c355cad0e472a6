/**
 * Measures between which numbers the networks' values lie on rendered receipts, and writes them to
 * `src/pipeline/read/paddle/prepare/ranges.json`, from which the 8-bit networks are made. Needed again when the networks change:
 *
 *   node scripts/calibrate-int8.ts [--pages N]
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { createMeter } from './calibrate/meter.ts';
import { createRandom, photographedReceipt } from './calibrate/page.ts';

const { values } = parseArgs({ options: { pages: { type: 'string', default: '80' } } });
const random = createRandom(20261121);
const meter = await createMeter();
for (let page = 0; page < Number(values.pages); page++) await meter.measure(await photographedReceipt(random));
const target = new URL('../src/pipeline/read/paddle/prepare/ranges.json', import.meta.url);
await writeFile(target, `${JSON.stringify(meter.ranges(), null, 2)}\n`);
await meter.close();
