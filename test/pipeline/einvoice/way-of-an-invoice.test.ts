import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { toResult } from '../../../src/domain/result.ts';
import { describeTicket } from '../../../src/notifier/describe.ts';
import type { Reader } from '../../../src/pipeline/read/reader.ts';
import type { Step } from '../../../src/pipeline/step.ts';
import { classifyStep, extractStep, readStep } from '../../../src/pipeline/steps.ts';
import { loadUnderstanding } from '../../../src/pipeline/understanding.ts';
import { anArrival } from '../../support/builders.ts';
import { aCfdi } from '../../support/e-invoices.ts';
import { aPipeline } from '../../support/pipeline.ts';
import { zipOf } from '../../support/zip.ts';

const understanding = await loadUnderstanding(new URL('../../../config', import.meta.url).pathname);

/** Nobody may ask it anything: an e-invoice is not recognised from its picture. */
function noReader(): Reader {
  const refuse = () => {
    throw new Error('the reader was asked');
  };
  return { read: refuse, close: async () => undefined } as unknown as Reader; // the rest of a reader is never touched
}

/** Sends a file through intake and all steps. */
async function answered(t: TestContext, bytes: Uint8Array, fileName: string) {
  const pipeline = await aPipeline(t);
  const { id } = await pipeline.intake(anArrival({ bytes, fileName }));
  const deps = {
    ...pipeline,
    ...understanding,
    reader: noReader(),
    compliance: { concerns: () => false, concernsPrint: () => false },
  };
  const steps: Step[] = [readStep(deps), classifyStep(deps), extractStep(deps)];
  for (const step of steps) {
    const payload = { ticketId: id, revision: 1 };
    const message = {
      id: 'm',
      queue: step.queue,
      priority: 'NORMAL' as const,
      payload,
      attempt: 1,
      isLastAttempt: false,
    };
    await pipeline.run(step)(message, new AbortController().signal);
  }
  const at = await pipeline.tickets.load(id);
  assert.ok(at);
  return { ...pipeline, ticket: at.ticket };
}

test('an e-invoice is answered without OCR, with all that it says', async (t) => {
  const { ticket } = await answered(t, Buffer.from(aCfdi()), 'factura.xml');

  const result = toResult(ticket);

  assert.deepEqual(
    [result.stage, result.kind, result.merchant?.name, result.fields.total?.value, result.ocr, result.reasons],
    ['COMPLETED', 'e_invoice', 'Café & Ñandú', '116.00', null, []],
  );
  assert.equal(result.invoice?.uuid, '5A1B2C3D-0000-4000-8000-00000000ABCD');
  assert.match(describeTicket(ticket, 'es'), /^Factura electrónica\n.*Café & Ñandú/);
});

test('a false seal goes to a person, and the answer says why', async (t) => {
  const { ticket } = await answered(t, Buffer.from(aCfdi().replace('EN GENERAL', 'GENERAL')), 'factura.xml');

  assert.deepEqual([ticket.stage, ticket.reasons], ['HUMAN_REVIEW', ['invalid_seal']]);
  assert.match(describeTicket(ticket, 'es'), /sello digital de la factura no es válido/);
  assert.match(describeTicket(ticket, 'en'), /digital seal is not valid/);
});

test('an archive without an invoice fails with what to send instead', async (t) => {
  const { ticket } = await answered(t, zipOf({ name: 'foto.jpg', bytes: Buffer.from('x') }), 'factura.zip');

  assert.deepEqual([ticket.stage, ticket.error?.code], ['FAILED', 'unsupported-type']);
  assert.match(describeTicket(ticket, 'es'), /XML o ZIP/);
});

test('a ticket that is read again forgets its invoice first', async (t) => {
  const { intake, ticket, tickets } = await answered(t, Buffer.from(aCfdi()), 'factura.xml');
  const { source } = ticket;

  await intake(anArrival({ source, bytes: Buffer.from(aCfdi()), again: new Date(ticket.updatedAt.getTime() + 1) }));

  assert.deepEqual([(await tickets.load(ticket.id))?.ticket.invoice, ticket.invoice?.folio], [null, '17']);
});

test('a package of several invoices gives each a ticket of its own, the same at a second time', async (t) => {
  const second = aCfdi().replace('5A1B2C3D-0000', '5A1B2C3D-0001');
  const zip = zipOf({ name: 'a.xml', bytes: Buffer.from(aCfdi()) }, { name: 'b.xml', bytes: Buffer.from(second) });

  const { ticket, tickets, intake } = await answered(t, zip, 'mes.zip');

  const parts = await Promise.all(ticket.parts.map(async (id) => (await tickets.load(id))?.ticket));
  const [first] = parts;
  assert.ok(first);
  const again = await intake(anArrival({ source: first.source, bytes: Buffer.from(aCfdi()) }));
  assert.deepEqual(
    parts.map((part) => [part?.file.name, part?.stage, part?.source.chat === ticket.source.chat]),
    [
      ['a.xml', 'UPLOADED', true],
      ['b.xml', 'UPLOADED', true],
    ],
  );
  assert.deepEqual([ticket.stage, again.id], ['COMPLETED', first.id]);
  assert.match(describeTicket(ticket, 'es'), /2 facturas/);
});
