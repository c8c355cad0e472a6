import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeTicket } from '../../src/notifier/describe.ts';
import { aTicket } from '../support/builders.ts';
import { aCompliance, aNumberedCfdi, uuidOf } from '../support/compliance.ts';
import { aCfdi } from '../support/e-invoices.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

test('an e-invoice is checked before it is answered, and the answer says what the SAT says', async (t) => {
  const { comply, sat, told } = await aCompliance(t);

  const ticket = await comply(aNumberedCfdi(1));

  assert.deepEqual(sat.problems, []);
  assert.equal(ticket.compliance?.status, 'VALIDATED');
  assert.equal(ticket.compliance?.answer, 'Vigente');
  assert.match(describeTicket({ ...ticket, stage: 'COMPLETED' }, 'es'), /SAT: vigente/);
  assert.deepEqual(told, []);
});

test('an SAT that is down holds nobody up, and the chat is told once it has answered', async (t) => {
  const { comply, sat, sweep, clock, told, tickets } = await aCompliance(t, { openMs: 1 });
  sat.behave('bad-gateway');

  const ticket = await comply(aNumberedCfdi(1));
  sat.behave('vigente');
  clock.advance(minuteMs);
  await sweep();

  assert.match(describeTicket({ ...ticket, stage: 'COMPLETED' }, 'es'), /SAT: no contesta ahora/);
  const after = await tickets.load(ticket.id);
  assert.equal(after?.ticket.compliance?.status, 'VALIDATED');
  assert.deepEqual(
    told.map(({ channel, chat, reply }) => [channel, chat, reply.text]),
    [['webchat', 'chat-1', 'A17 Café & Ñandú\nSAT: vigente']],
  );
});

test('retries follow after 1, 5 and 15 minutes, then the invoice waits in FALLBACK with a copy and its whole history', async (t) => {
  const { comply, sat, sweep, clock, compliance, blobs } = await aCompliance(t, { openMs: 1 });
  sat.behave('bad-gateway');
  const { id, companyId } = await comply(aNumberedCfdi(1));
  const waits = [];

  for (const minutes of [1, 5, 15]) {
    const record = await compliance.records.ofTicket(companyId, id);
    waits.push(((record?.nextAt?.getTime() ?? 0) - clock.now().getTime()) / minuteMs);
    clock.advance(minutes * minuteMs);
    await sweep();
  }

  const record = await compliance.records.ofTicket(companyId, id);
  assert.deepEqual(waits, [1, 5, 15]);
  assert.equal(record?.status, 'FALLBACK');
  assert.deepEqual(
    record?.history.map(({ status, event }) => [status, event]),
    [
      ['PENDING', 'registered'],
      ['RETRY', 'unavailable'],
      ['RETRY', 'unavailable'],
      ['RETRY', 'unavailable'],
      ['FALLBACK', 'unavailable'],
    ],
  );
  assert.ok(record?.backup && (await blobs.get(`${record.backup}/file`)));
});

test('a fresh CFDI that the SAT does not have yet is asked for over days before it fails', async (t) => {
  const { comply, sat, sweep, clock, compliance, alerts, told } = await aCompliance(t);
  sat.behave('no-encontrado');
  const ticket = await comply(aNumberedCfdi(1));
  const began = clock.now().getTime();

  for (let record = await compliance.records.ofTicket('acme', ticket.id); record?.nextAt; ) {
    assert.equal(record.status, 'RETRY');
    clock.advance(record.nextAt.getTime() - clock.now().getTime());
    await sweep();
    record = await compliance.records.ofTicket('acme', ticket.id);
  }

  const days = (clock.now().getTime() - began) / dayMs;
  assert.ok(days > 3 && days < 5, `${days} days`);
  assert.equal((await compliance.records.ofTicket('acme', ticket.id))?.status, 'FAILED');
  assert.deepEqual(
    alerts.map(({ what }) => what),
    ['invoice-failed'],
  );
  assert.equal(told.length, 1);
});

test('a validated invoice is looked at again after 72 hours and 30 days, and a later cancellation is told and alerted', async (t) => {
  const { comply, sat, sweep, clock, compliance, alerts, told, tickets } = await aCompliance(t);
  const ticket = await comply(aNumberedCfdi(1));
  const nextAt = async () => (await compliance.records.ofTicket('acme', ticket.id))?.nextAt?.getTime() ?? 0;
  const began = clock.now().getTime();

  const first = (await nextAt()) - began;
  clock.advance(first);
  await sweep();
  const second = (await nextAt()) - began;
  clock.advance(second - first);
  sat.behave('cancelado');
  await sweep();

  assert.deepEqual([first / hourMs, second / dayMs], [72, 30]);
  assert.equal(await nextAt(), 0);
  assert.deepEqual(
    alerts.map(({ what, detail }) => [what, detail]),
    [['cancelled-later', 'SAT Cancelado: A17 Café & Ñandú']],
  );
  assert.equal((await tickets.load(ticket.id))?.ticket.compliance?.verdict, 'cancelled');
  assert.match(told[0]?.reply.text ?? '', /SAT: cancelada/);
});

test('a cancelled CFDI is not good, and neither is one that the SAT finds malformed', async (t) => {
  const { comply, sat } = await aCompliance(t);
  sat.behave('cancelado', uuidOf(1));

  const cancelled = await comply(aNumberedCfdi(1), 'a.xml');
  const malformed = await comply(aCfdi({ uuid: 'no-uuid' }), 'b.xml');

  assert.deepEqual([cancelled.stage, cancelled.compliance?.status], ['HUMAN_REVIEW', 'FAILED']);
  assert.ok(cancelled.reasons.includes('cancelled_invoice'));
  assert.deepEqual([malformed.stage, malformed.compliance?.verdict], ['HUMAN_REVIEW', 'bad-question']);
});

test('an invoice for somebody else is refused with an alert, and nobody asks about it', async (t) => {
  const { comply, sat, alerts } = await aCompliance(t, { ownTaxIds: ['BBB010101BB1'] });

  const foreign = await comply(aNumberedCfdi(1, { recipient: 'CCC010101CC1' }), 'a.xml');
  const own = await comply(aNumberedCfdi(2, { recipient: 'BBB010101BB1' }), 'b.xml');
  const sold = await comply(aNumberedCfdi(3, { recipient: 'CCC010101CC1', issuer: 'BBB010101BB1' }), 'c.xml');

  assert.equal(foreign.stage, 'HUMAN_REVIEW');
  assert.ok(foreign.reasons.includes('foreign_recipient'));
  assert.deepEqual(
    alerts.map(({ what }) => what),
    ['foreign-invoice'],
  );
  assert.deepEqual([own.compliance?.status, sold.compliance?.status], ['VALIDATED', 'VALIDATED']);
  assert.deepEqual(sat.asked, [uuidOf(2), uuidOf(3)]);
});

test('a total that its parts do not give stays a reason to look, whatever the SAT says; a cent of rounding is none', async (t) => {
  const { comply } = await aCompliance(t);

  const ticket = await comply(aNumberedCfdi(1, { total: '116.02' }), 'a.xml');
  const rounded = await comply(aNumberedCfdi(2, { total: '116.01' }), 'b.xml');

  assert.equal(ticket.stage, 'HUMAN_REVIEW');
  assert.ok(ticket.reasons.includes('arithmetic_mismatch'));
  assert.deepEqual([ticket.compliance?.status, rounded.stage], ['VALIDATED', 'COMPLETED']);
});

test('more than the rate allows are answered at once and asked about later', async (t) => {
  const { comply, sat, sweep, compliance } = await aCompliance(t);

  const tickets = [];
  for (let number = 1; number <= 22; number += 1) tickets.push(await comply(aNumberedCfdi(number), `${number}.xml`));
  const askedAtOnce = sat.asked.length;
  await sweep();

  assert.equal(askedAtOnce, 20);
  assert.match(
    describeTicket({ ...tickets[21], stage: 'COMPLETED' } as (typeof tickets)[0], 'es'),
    /SAT: pregunto en unos minutos/,
  ); // it is there
  assert.deepEqual(await compliance.records.counts(), [{ authority: 'SAT', status: 'VALIDATED', count: 22 }]);
});

test('the same invoice twice is asked about once', async (t) => {
  const { comply, sat } = await aCompliance(t);

  await comply(aNumberedCfdi(1), 'a.xml');
  await comply(aNumberedCfdi(1, { addenda: '<cfdi:Addenda><x/></cfdi:Addenda>' }), 'b.xml');

  assert.equal(sat.asked.length, 1);
});

test('an SAT that is away for an hour loses none of 500 invoices: all are validated after, and the chat is told once', {
  timeout: 240_000,
}, async (t) => {
  const { comply, sat, sweep, clock, compliance, told, alerts } = await aCompliance(t, { openMs: 1 });
  sat.behave('bad-gateway');
  const count = 500;

  for (let number = 1; number <= count; number += 1) {
    await comply(aNumberedCfdi(number), `${number}.xml`);
    clock.advance(hourMs / count);
    if (number % 42 === 0) await sweep();
  }
  const during = await compliance.records.counts();
  sat.behave('vigente');
  clock.advance(5 * minuteMs);
  await sweep();

  assert.equal(
    during.reduce((sum, { count: each }) => sum + each, 0),
    count,
  );
  assert.ok(during.every(({ status }) => status !== 'VALIDATED' && status !== 'FAILED'));
  assert.deepEqual(await compliance.records.counts(), [{ authority: 'SAT', status: 'VALIDATED', count }]);
  assert.deepEqual(
    told.map(({ reply }) => reply.text),
    ['SAT: ya contestó. 500 facturas válidas.'],
  );
  assert.ok(alerts.filter(({ what }) => what === 'authority-away').length <= 2);
});

test('a printed CFDI is asked about by the code on it, and one page with the codes of two is not', async (t) => {
  const { compliance, sat } = await aCompliance(t);
  const code = (uuid: string) => {
    const parties = { issuerTaxId: 'AAA010101AAA', issuerName: null, recipientTaxId: 'XAXX010101000' };
    const rest = { documentType: null, folio: null, date: null, time: null, tax: null, currency: null };
    const facts = {
      standard: 'CFDI',
      documentId: uuid,
      total: '116.00',
      sealTail: 'abcdefg=',
      ...parties,
      ...rest,
    } as const;
    return { format: 'QRCode', text: 'https://verificacfdi…', page: 1, facts };
  };
  const signal = new AbortController().signal;

  const one = await compliance.step.run(aTicket({ kind: 'receipt', codes: [code(uuidOf(1))] }), signal);
  const two = await compliance.step.run(
    aTicket({ kind: 'receipt', codes: [code(uuidOf(2)), code(uuidOf(3))] }),
    signal,
  );

  assert.deepEqual(sat.problems, []);
  assert.deepEqual(sat.asked, [uuidOf(1)]);
  assert.deepEqual([one.to, one.patch?.compliance?.answer], ['COMPLETED', 'Vigente']);
  assert.deepEqual([two.to, two.patch?.compliance], ['COMPLETED', undefined]);
  assert.deepEqual([compliance.concernsPrint([code(uuidOf(1))]), compliance.concernsPrint([])], [true, false]);
});
