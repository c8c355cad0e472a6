import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigError, readConfig } from '../../config/env.ts';

test('what is left out keeps the limit of the source document', () => {
  const { rateLimits } = readConfig({ RATE_LIMITS: 'tax_validation=100, dian_validation=7/m' }).compliance;

  assert.deepEqual(rateLimits, {
    ...{ invoice_processing: 10, report_generation: 5, tax_validation: 100, dian_validation: 7, compliance_retry: 30 },
  });
});

test('an unknown kind of work, a bucket without keys and half an account stop the start', () => {
  assert.throws(() => readConfig({ RATE_LIMITS: 'coffee=3' }), ConfigError);
  assert.throws(() => readConfig({ BACKUP_S3_URL: 'http://localhost/b' }), /BACKUP_S3_ACCESS_KEY_ID/);
  assert.throws(() => readConfig({ ALEGRA_EMAIL: 'ana@example.com' }), /ALEGRA_TOKEN/);
  assert.equal(readConfig({ COMPLIANCE: 'off' }).compliance.isOn, false);
});
