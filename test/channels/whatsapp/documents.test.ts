import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aPicture } from '../../support/builders.ts';
import { eventually } from '../../support/eventually.ts';
import { aLine } from './a-line.ts';

test('a photo is taken in, marked while it is worked on, and answered with a quoting reply', async (t) => {
  const line = await aLine(t);
  const channel = await line.start();
  const bytes = aPicture();

  await line.ana.photo(bytes, { caption: 'comida' });
  await eventually(line.stages, ['UPLOADED']);
  await eventually(line.marks, ['⏳ acknowledged']);
  const id = await line.readThrough();
  await line.answer(channel, id);

  await eventually(() => line.texts().some((text) => text.includes('123.50')), true);
  await eventually(line.marks, ['✅ acknowledged']);
  const ticket = await line.tickets.get('acme', id);
  assert.equal(ticket?.metadata.caption, 'comida');
  assert.equal(ticket?.file.sizeBytes, bytes.byteLength);
});
