import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { aPicture } from '../../support/builders.ts';
import { eventually } from '../../support/eventually.ts';
import { aPerson } from '../../support/telegram-updates.ts';
import { aBot, readThrough } from './a-bot.ts';

/** Keeps the two files of an invoice and names them as a ticket does. */
async function anInvoice({ files }: Pick<Awaited<ReturnType<typeof aBot>>, 'files'>) {
  const kept = ['A-1.pdf', 'A-1.xml'].map((name) => {
    const bytes = Buffer.from(`the bytes of ${name}`);
    const mime = name.endsWith('pdf') ? 'application/pdf' : 'application/xml';
    return {
      bytes,
      file: { sha256: createHash('sha256').update(bytes).digest('hex'), name, mime, sizeBytes: bytes.length },
    };
  });
  for (const { bytes, file } of kept) await files.put(bytes, file);
  return kept.map(({ file }) => file);
}

test('the invoice’s PDF and XML come after the card, quoting the photo, once for all answers', async (t) => {
  const bot = await aBot(t);
  const channel = await bot.start();
  const ana = aPerson(bot.server);
  ana.sendsPhoto(aPicture());
  await eventually(bot.stages, ['UPLOADED']);
  const id = await readThrough(bot);
  const at = await bot.tickets.load(id);
  assert.ok(at);
  await bot.tickets.amend(at, { invoiceFiles: await anInvoice(bot) }, 'invoiced');

  await bot.answer(channel, id);
  await bot.answer(channel, id);

  const sent = bot.server.shown.flatMap(({ file }) => (file ? [[file.name, String(file.bytes)]] : []));
  assert.deepEqual(sent, [
    ['A-1.pdf', 'the bytes of A-1.pdf'],
    ['A-1.xml', 'the bytes of A-1.xml'],
  ]);
  const [call] = bot.server.callsOf('sendDocument');
  assert.equal(JSON.parse(String(call?.params['reply_parameters'])).message_id, ana.last());
  assert.equal(bot.server.shown.filter(({ text }) => text.includes('123.50')).length, 1);
});

test('a file that Telegram did not take is sent when the answer is repeated, and the one before it is not', async (t) => {
  const bot = await aBot(t);
  const channel = await bot.start();
  aPerson(bot.server).sendsPhoto(aPicture());
  await eventually(bot.stages, ['UPLOADED']);
  const id = await readThrough(bot);
  const at = await bot.tickets.load(id);
  assert.ok(at);
  await bot.tickets.amend(at, { invoiceFiles: await anInvoice(bot) }, 'invoiced');
  bot.server.faults.push({ method: 'sendDocument', status: 502, after: false });

  await assert.rejects(bot.answer(channel, id));
  await bot.answer(channel, id);

  const names = bot.server.shown.flatMap(({ file }) => (file ? [file.name] : []));
  assert.deepEqual(names, ['A-1.pdf', 'A-1.xml']);
});
