/**
 * WhatsApp on this machine: Baileys as the client, the test's server and media host on loopback: `node bench/whatsapp.ts [--json] [--photos N]`.
 * `acknowledge` is from a message's way out of the server to the receipt that comes back, by which time it is in the database;
 * `encrypted` the same for messages that are decrypted on the way; `burst` from the first of N photos of 20 KB to the last one's ticket.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { aLine } from '../test/channels/whatsapp/a-line.ts';
import { aPicture } from '../test/support/builders.ts';
import { eventually } from '../test/support/eventually.ts';
import { aPhone } from '../test/support/whatsapp/phone.ts';

const singles = 200;
const { values } = parseArgs({ options: { json: { type: 'boolean' }, photos: { type: 'string', default: '300' } } });
const photos = Number(values.photos);

await using ends = new AsyncDisposableStack();
const line = await aLine({ after: (end) => ends.defer(async () => void (await end())) });
const phone = await aPhone(line.peer);
const receipts = new Map<string, (at: number) => void>();
const before = line.peer.rules.onNode;
line.peer.rules.onNode = (node, connection) => {
  if (node.tag === 'receipt') receipts.get(node.attrs.id ?? '')?.(performance.now());
  return before(node, connection);
};
const channel = await line.start();
await eventually(() => channel.state().status, 'receiving');

const plain = await measure(async (id) => {
  // What no person says is not answered, so that nothing else is measured.
  await line.ana.says({ audioMessage: { ptt: true } }, { id, group: '120363001234567890@g.us' });
});
const prepared = new Map<string, Awaited<ReturnType<typeof phone.encrypted>>>();
for (let number = 0; number < singles; number += 1) {
  const id = `ENC${number}`;
  prepared.set(id, await phone.encrypted({ audioMessage: { ptt: true } }, id));
}
const encrypted = await measure(async (id) => {
  const node = prepared.get(id);
  if (node) await line.peer.bring(node);
}, 'ENC');
const burstSeconds = await measureBurst();
const result = {
  acknowledgeP50Ms: at(plain, 0.5),
  acknowledgeP95Ms: at(plain, 0.95),
  encryptedP50Ms: at(encrypted, 0.5),
  encryptedP95Ms: at(encrypted, 0.95),
  photos,
  burstSeconds,
  heapMb: Math.round(process.memoryUsage().heapUsed / 1e6),
};
if (values.json) console.log(JSON.stringify(result, null, 2));
else console.table(result);

async function measure(send: (id: string) => Promise<void>, prefix = 'PLAIN'): Promise<number[]> {
  const taken: number[] = [];
  for (let number = 0; number < singles; number += 1) {
    const id = `${prefix}${number}`;
    const received = new Promise<number>((resolve) => receipts.set(id, resolve));
    const began = performance.now();
    await send(id);
    taken.push((await received) - began);
  }
  return taken.sort((one, other) => one - other);
}

async function measureBurst(): Promise<number> {
  const began = performance.now();
  const pictures = Array.from({ length: photos }, (_, number) => aPicture(`${number}${'x'.repeat(20_000)}`));
  await Promise.all(pictures.map((picture) => line.ana.photo(picture)));
  while ((await line.connection.collection('tickets').countDocuments()) < photos) await pause(20);
  return Math.round((performance.now() - began) / 100) / 10;
}

function at(sorted: readonly number[], share: number): number {
  return Math.round((sorted[Math.floor(sorted.length * share)] ?? Number.NaN) * 10) / 10;
}
