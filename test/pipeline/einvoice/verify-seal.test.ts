import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseEInvoice } from '../../../src/pipeline/einvoice/parse-e-invoice.ts';
import { aCfdi, issuerCertificate, stampCertificate } from '../../support/e-invoices.ts';

const sealOf = (xml: string, satCertificates = [stampCertificate]) =>
  parseEInvoice(Buffer.from(xml), { satCertificates }).seal;

test('a true seal and a true stamp are valid', () => {
  assert.deepEqual(sealOf(aCfdi()), { valid: true, reason: null });
});

test("the SAT's stamp is left open where its certificate is not at hand", () => {
  assert.deepEqual(sealOf(aCfdi(), []), { valid: true, reason: 'sat-certificate-missing' });
  assert.deepEqual(sealOf(aCfdi(), [issuerCertificate]), { valid: true, reason: 'sat-certificate-missing' });
});

test('a document that nobody stamped is told apart', () => {
  assert.deepEqual(sealOf(aCfdi({ isStamped: false })), { valid: true, reason: 'not-stamped' });
});

const forgeries: readonly [rule: string, reason: string, xml: () => string][] = [
  ['a changed amount', 'signature-mismatch', () => aCfdi().replace('Total="116.00"', 'Total="216.00"')],
  ['a changed name of the recipient', 'signature-mismatch', () => aCfdi().replace('EN GENERAL', 'GENERAL')],
  ['a seal that is no signature', 'signature-mismatch', () => aCfdi().replace(/ Sello="[^"]*"/, ' Sello="AAAA"')],
  ['no seal', 'no-seal', () => aCfdi().replace(/ Sello="[^"]*"/, ' Sello=""')],
  ['no certificate', 'no-certificate', () => aCfdi().replace(/ Certificado="[^"]*"/, '')],
  ['a broken certificate', 'bad-certificate', () => aCfdi().replace(/ Certificado="[^"]*"/, ' Certificado="MIIB"')],
  ["another company's certificate", 'certificate-not-issuer', () => aCfdi({ issuer: 'BBB010101AAA' })],
  ['a certificate of a later time', 'certificate-out-of-date', () => aCfdi({ issuedAt: '2020-01-15T10:30:00' })],
  ['a certificate that had ended', 'certificate-out-of-date', () => aCfdi({ issuedAt: '2055-01-15T10:30:00' })],
  ['a stamp of another document', 'stamp-mismatch', () => aCfdi().replace(/SelloCFD="[^"]*"/, 'SelloCFD="AAAA"')],
  ['a stamp with another UUID', 'stamp-mismatch', () => aCfdi().replace('5A1B2C3D', '5A1B2C3E')],
];
for (const [rule, reason, forged] of forgeries) {
  test(`${rule} makes the seal invalid`, () => {
    assert.deepEqual(sealOf(forged()), { valid: false, reason });
  });
}

test('where an unknown complement may be the cause, a seal that does not fit is neither true nor false', () => {
  const xml = aCfdi().replace('<cfdi:Complemento>', '<cfdi:Complemento><x:nuevo xmlns:x="urn:nuevo">a</x:nuevo>');

  assert.deepEqual(sealOf(xml), { valid: null, reason: 'complement-not-supported' });
});
