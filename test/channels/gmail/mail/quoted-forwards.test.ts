import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quotedForwards } from '../../../../src/channels/gmail/mail/quoted-forwards.ts';

test('what Gmail writes above a forwarded mail is read, in Spanish and in English', () => {
  const spanish = `te paso esto
---------- Forwarded message ---------
De: Banco Ejemplo <avisos@banco.example>
Date: lun, 6 jul 2026 a las 10:00
Subject: Comprobante de tu pago
To: <ana@example.test>

Pagaste $ 100`;

  const [found, ...others] = quotedForwards('Fwd: Comprobante', spanish);

  assert.deepEqual(found, {
    from: 'avisos@banco.example',
    subject: 'Comprobante de tu pago',
    date: 'lun, 6 jul 2026 a las 10:00',
  });
  assert.deepEqual(others, []);
});

test('Outlook and Apple Mail are read too, bold or quoted', () => {
  const outlook = `________________________________
*De:* Tienda <ventas@tienda.example>
*Enviado el:* lunes, 6 de julio de 2026 10:00
*Para:* Ana
*Asunto:* Tu factura`;
  const apple = `Inicio del mensaje reenviado:

> De: Tienda <ventas@tienda.example>
> Asunto: Tu factura
> Fecha: 6 de julio de 2026, 10:00
> Para: ana@example.test`;
  const portuguese = `---------- Forwarded message ---------
De: Loja <vendas@loja.example>
Data: 6 de jul. de 2026
Assunto: Sua nota`;

  assert.equal(quotedForwards('RV: Tu factura', outlook)[0]?.from, 'ventas@tienda.example');
  assert.equal(quotedForwards('Fwd: Tu factura', apple)[0]?.subject, 'Tu factura');
  assert.equal(quotedForwards('Enc: Sua nota', portuguese)[0]?.from, 'vendas@loja.example');
});

test('a chain of five is read from the outermost to the innermost', () => {
  const chain = [1, 2, 3, 4, 5]
    .map(
      (n) =>
        `${'>'.repeat(n)} From: p${n}@example.test\n${'>'.repeat(n)} Date: 2026\n${'>'.repeat(n)} Subject: s${n}\n`,
    )
    .join('\nhola\n');

  const found = quotedForwards('Fwd: Fwd: s', chain);

  assert.deepEqual(
    found.map(({ from }) => from),
    [1, 2, 3, 4, 5].map((n) => `p${n}@example.test`),
  );
});

test('an answer that quotes a mail is no forwarded mail', () => {
  const text = 'From: a@example.test\nSent: today\nTo: b@example.test\nSubject: x';

  assert.deepEqual(quotedForwards('Re: x', text), []);
});

test('words that only look like a header are passed over', () => {
  assert.deepEqual(quotedForwards('Fwd: x', 'De: todo un poco\nhay en la tienda\ny más'), []);
});

test('a hostile text takes no time', () => {
  const began = performance.now();

  quotedForwards('Fwd: x', 'De: a@b.c\n'.repeat(100_000) + '>'.repeat(1_000_000));

  assert.ok(performance.now() - began < 5_000);
});
