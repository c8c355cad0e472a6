import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wantsAnswer } from '../../../../src/channels/gmail/mail/asked.ts';
import type { Mail } from '../../../../src/channels/gmail/mail/parse-mail.ts';

const blank: Mail = {
  ...{
    from: 'ana@example.test',
    recipients: ['ana@example.test'],
    subject: 'Recibot, léelo',
    date: null,
    messageId: null,
  },
  ...{ references: '', text: '', authenticationResults: [], isAutomatic: false, answerMark: null, attachments: [] },
};

function asks(
  changes: Partial<Mail> = {},
  { isVerified = true, address = 'ana@example.test', labels = ['INBOX'] } = {},
): boolean {
  return wantsAnswer({ ...blank, ...changes }, { isVerified, summary: '' }, address, labels);
}

test('the owner asks by naming Recibot: in the subject, in the first words or in the address', () => {
  assert.equal(asks(), true);
  assert.equal(asks({ subject: 'compra', text: 'Hola recibot: ¿qué dice?' }), true);
  assert.equal(asks({ subject: 'compra', recipients: ['ana+recibot@example.test'] }), true);
  assert.equal(asks({ subject: 'compra' }), false);
  assert.equal(asks({ subject: 'compra', text: `${'x '.repeat(500)}recibot` }), false);
});

test('a mail that only says it is the owner’s is not answered, unless Gmail says that this account sent it', () => {
  assert.equal(asks({}, { isVerified: false }), false);
  assert.equal(asks({}, { isVerified: false, labels: ['SENT', 'INBOX'] }), true);
});

test('a colleague of the same domain is answered when verified; strangers and everybody’s domains are not', () => {
  assert.equal(asks({ from: 'beto@example.test' }), true);
  assert.equal(asks({ from: 'beto@example.test' }, { isVerified: false, labels: ['SENT'] }), false);
  assert.equal(asks({ from: 'x@otra.example' }), false);
  assert.equal(asks({ from: 'x@gmail.com' }, { address: 'ana@gmail.com' }), false);
});

test('a program is never answered', () => {
  assert.equal(asks({ isAutomatic: true }), false);
});
