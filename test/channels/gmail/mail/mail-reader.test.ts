import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { createMailReader, type MailReaderLimits } from '../../../../src/channels/gmail/mail/mail-reader.ts';
import { aPicture } from '../../../support/builders.ts';
import { aMail } from '../../../support/gmail-mails.ts';

function aReader(t: TestContext, limits?: MailReaderLimits) {
  const reader = createMailReader(limits);
  t.after(() => reader.close());
  return reader;
}

const honest = aMail({ subject: 'Año', parts: [{ name: 'a.png', mime: 'image/png', bytes: aPicture('a') }] });
/** Anybody can send this: a parser that keeps lines keeps four million of them. */
const emptyLines = Buffer.from(`From: x@y.example\r\n\r\n${'\r\n'.repeat(4_000_000)}`);

test('a mail comes back from its thread with its documents', async (t) => {
  const { mail, unwrapped } = await aReader(t).read(honest, 25);

  assert.equal(mail.subject, 'Año');
  assert.deepEqual(Buffer.from(unwrapped.documents[0]?.bytes ?? []), Buffer.from(aPicture('a')));
});

test('a mail of millions of empty lines costs its thread, by time or by memory, and the next one is read', async (t) => {
  const slow = aReader(t, { timeoutMs: 300, heapMb: 512 });
  const small = aReader(t, { timeoutMs: 60_000, heapMb: 64 });

  await assert.rejects(slow.read(emptyLines, 25), { code: 'damaged-file', recovery: 'ask' });
  await assert.rejects(small.read(emptyLines, 25), { code: 'damaged-file', recovery: 'ask' });

  assert.equal((await small.read(honest, 25)).unwrapped.documents.length, 1);
});

test('the threads are let go, and come back when they are needed', async (t) => {
  const reader = aReader(t);
  await reader.read(honest, 25);

  await reader.close();

  assert.equal((await reader.read(honest, 25)).mail.subject, 'Año');
});
