import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cedulaIn, rifIn } from '../../../../src/pipeline/extract/payment/identity-in-text.ts';

test('one person has the same cédula however the app prints it', () => {
  for (const text of ['V-15444333', 'V15444333', 'V - 15.444.333', '15444333', '15.444.333']) {
    assert.equal(cedulaIn(text, true)?.value, '15444333', text);
  }
});

test('a foreigner keeps the E', () => {
  assert.equal(cedulaIn('E-84123456', true)?.value, 'E84123456');
});

test('the end of a phone is never a cédula', () => {
  assert.equal(cedulaIn('0414-7654321', true), null);
  assert.equal(cedulaIn('04147654321', true), null);
  assert.equal(cedulaIn('0414-7654321', false), null);
});

test('digits alone are a cédula only after its label', () => {
  assert.equal(cedulaIn('15444333', false), null);
  assert.equal(cedulaIn('003039328429', true), null);
});

test('a letter glued to the name before it still marks the cédula', () => {
  assert.equal(cedulaIn('0416-1234567 MARIA SOTOV- 12345678-BANCO', false)?.value, '12345678');
});

test('a RIF is sure when its check digit agrees and doubted when not', () => {
  const right = rifIn('J-00002970-9');
  const wrong = rifIn('J-00002970-8');

  assert.equal(right?.value, 'J000029709');
  assert.ok((right?.certainty ?? 0) >= 0.98);
  assert.ok((wrong?.certainty ?? 1) < 0.8);
});

test('a company is no cédula and a cédula is no RIF', () => {
  assert.equal(cedulaIn('J-00002970-9', true), null);
  assert.equal(rifIn('V-15444333'), null);
});
