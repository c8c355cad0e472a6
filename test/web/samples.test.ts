import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { chileanBoleta } from '../../web/samples/chilean-boleta.ts';
import { mexicanTicket } from '../../web/samples/mexican-ticket.ts';
import { pagoMovil } from '../../web/samples/pago-movil.ts';

const folder = join(import.meta.dirname, '../../web/public/samples');

test('every sample says that it is one', () => {
  for (const svg of [mexicanTicket('X'), chileanBoleta('X'), pagoMovil()]) assert.match(svg, /MUESTRA/);
});

test('the page’s samples are there and light enough for a phone', async () => {
  for (const name of ['ticket-mexico.jpg', 'boleta-chile.jpg', 'pago-movil-venezuela.png']) {
    const { size } = await stat(join(folder, name));
    assert.ok(size > 5_000 && size < 200_000, `${name}: ${size}`);
  }
});
