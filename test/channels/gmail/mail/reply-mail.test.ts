import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseMail } from '../../../../src/channels/gmail/mail/parse-mail.ts';
import { isMarkedBy, type ReplyMail, replyMail } from '../../../../src/channels/gmail/mail/reply-mail.ts';

function aReply(changes: Partial<ReplyMail> = {}): Buffer {
  const about = { messageId: '<m1@tienda.example>', references: '<m0@tienda.example>' };
  return replyMail({
    mark: 'x',
    from: 'ana@example.test',
    to: 'ana@example.test',
    subject: 'Recibo',
    text: 'Total: $1',
    ...about,
    ...changes,
  });
}

test('an answer stands in its thread, says who it answers and that a program wrote it', async () => {
  const mail = aReply({
    subject: 'Año nuevo: una compra con un nombre muy largo, más largo que una línea 🎉',
    text: 'Adiós ñ',
  });

  const read = await parseMail(mail);

  assert.equal(read.subject, 'Re: Año nuevo: una compra con un nombre muy largo, más largo que una línea 🎉');
  assert.equal(read.text.trim(), 'Adiós ñ');
  assert.match(String(mail), /In-Reply-To: <m1@tienda\.example>\r\n/);
  assert.match(String(mail), /References: <m0@tienda\.example>\r\n <m1@tienda\.example>\r\n/);
  assert.equal(read.isAutomatic, true);
  assert.ok(isMarkedBy('x', read.answerMark ?? ''));
  assert.ok(isMarkedBy('x', read.messageId ?? ''));
});

test('line breaks of a stranger make no headers', () => {
  const mail = aReply({
    subject: 'a\r\nBcc: todos@example.test',
    to: 'ana@example.test\r\nBcc: x@y.z',
    messageId: '<a@b>\r\nX: 1',
  });

  const [head = ''] = String(mail).split('\r\n\r\n');

  assert.ok(!/^(bcc|x):/im.test(head));
  assert.ok(head.split('\r\n').every((line) => line.length < 100));
});
