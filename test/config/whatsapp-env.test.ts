import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigError, readConfig } from '../../config/env.ts';

test('WhatsApp is there only where it is enabled; numbers, groups and versions are understood as people write them', () => {
  const enabled = {
    ...{ WHATSAPP_ENABLED: 'true', WHATSAPP_PAIRING_PHONE: '+5215512345678', WHATSAPP_CLIENT_VERSION: '2.3000.7' },
    ...{ WHATSAPP_ALLOWED_GROUPS: '123-456, 789@g.us', WHATSAPP_MEDIA_HOST: '127.0.0.1:8443' },
  };

  const { whatsapp } = readConfig(enabled);

  assert.equal(readConfig({}).whatsapp, null);
  assert.equal(whatsapp?.pairingPhone, '5215512345678');
  assert.deepEqual(whatsapp?.allowedGroups, ['123-456@g.us', '789@g.us']);
  assert.deepEqual(whatsapp?.clientVersion, [2, 3000, 7]);
  assert.equal(whatsapp?.uploadHost, '127.0.0.1:8443');
  assert.equal(readConfig({ WHATSAPP_ENABLED: 'true' }).whatsapp?.mediaHost, 'mmg.whatsapp.net');
});

test('a CA file that is not there, or holds none, stops the start by name', () => {
  const isNamed = (error: unknown) => error instanceof ConfigError && error.message.includes('WHATSAPP_CA_FILE');

  assert.throws(() => readConfig({ WHATSAPP_CA_FILE: '/nowhere/ca.pem' }), isNamed);
  assert.throws(() => readConfig({ WHATSAPP_CA_FILE: import.meta.filename.replace('whatsapp-env', 'env') }), isNamed);
});
