import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { aCompliance } from '../support/compliance.ts';
import { aDianServer } from '../support/dian-server.ts';
import { aUblInvoice, issuerCertificate } from '../support/e-invoices.ts';

const fixture = (name: string) => readFileSync(new URL(`../fixtures/einvoice/${name}`, import.meta.url), 'utf8');
const [certificate, key, otherKey] = ['issuer.cer.pem', 'issuer.key.pem', 'stamp.key.pem'].map(fixture);
const locked = createPrivateKey(key ?? '').export({
  type: 'pkcs8',
  format: 'pem',
  cipher: 'aes-256-cbc',
  passphrase: 'abre',
});
const whileValid = issuerCertificate.validFromDate;

test('a Colombian invoice waits for the certificate of its company, and is asked about once that is there', async (t) => {
  let now = () => new Date();
  const dian = await aDianServer(t, issuerCertificate, () => now());
  const { comply, compliance, clock, sweep, tickets, told } = await aCompliance(t, { dianUrl: dian.url });
  now = clock.now;
  const xml = aUblInvoice().replace('abc123', 'a1'.repeat(48));

  const ticket = await comply(xml);
  await compliance.certificates.keep('acme', `${certificate}\n${locked}`, 'abre', whileValid);
  await sweep();

  assert.deepEqual([ticket.compliance?.authority, ticket.compliance?.status], ['DIAN', 'PENDING']);
  assert.deepEqual(dian.problems, []);
  const after = await tickets.load(ticket.id);
  assert.equal(after?.ticket.compliance?.answer, 'Procesado Correctamente.');
  assert.match(told[0]?.reply.text ?? '', /DIAN: vigente/);
});

test('a certificate is kept sealed, and only with the key that it belongs to', async (t) => {
  const { compliance, connection } = await aCompliance(t);
  const { certificates } = compliance;
  const refused = { code: 'invalid-request' };

  await assert.rejects(certificates.keep('acme', `${certificate}`, undefined, whileValid), refused);
  await assert.rejects(certificates.keep('acme', `${certificate}\n${otherKey}`, undefined, whileValid), refused);
  await assert.rejects(certificates.keep('acme', `${certificate}\n${locked}`, 'no', whileValid), refused);
  await assert.rejects(certificates.keep('acme', `${certificate}\n${key}`, undefined, new Date('2200-01-01')), refused);
  assert.equal(await certificates.of('acme'), null);
  await certificates.keep('acme', `${certificate}\n${key}`, undefined, whileValid);

  assert.ok((await certificates.of('acme'))?.privateKeyPem.includes('PRIVATE KEY'));
  const kept = await connection.collection('credentials').find().toArray();
  assert.ok(!Buffer.from(kept[0]?.sealed?.buffer ?? '').includes('PRIVATE KEY'));
  assert.equal(await certificates.of('other'), null);
});
