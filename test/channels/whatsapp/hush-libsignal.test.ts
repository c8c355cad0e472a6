import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hushLibsignal } from '../../../src/channels/whatsapp/hush-libsignal.ts';

test('libsignal’s lines, which carry private keys, stay off the console; all others are written', () => {
  const written: unknown[][] = [];
  const write = (...words: unknown[]) => void written.push(words);
  const target = { info: write, warn: write, error: write, log: write };

  hushLibsignal(target);
  target.info('Closing session:', { privKey: 'secret' });
  target.warn('Session already closed', { privKey: 'secret' });
  target.error('Failed to decrypt message with any known session...');
  target.info('Recibot is ready');

  assert.deepEqual(written, [['Recibot is ready']]);
});
