import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLessons } from '../../src/store/lessons.ts';
import { manualClock } from '../support/manual-clock.ts';
import { aStore } from '../support/store.ts';

function aLesson(ticketId: string, changes = {}) {
  const merchant = { id: null, name: 'Cafe Sur' };
  const about = { ticketId, companyId: 'acme', personId: 'ana', merchant, taxId: null, permit: null };
  return { ...about, fingerprint: 'CAFESUR', ...changes };
}

test('lessons are kept one a ticket, newest first, each company its own, and never more than the limit', async (t) => {
  const { connection } = await aStore(t);
  const clock = manualClock();
  const lessons = await createLessons(connection, clock, 2);

  for (const ticketId of ['t1', 't2', 't3']) {
    await lessons.teach(aLesson(ticketId));
    clock.advance(1000);
  }
  await lessons.teach(aLesson('t3', { merchant: { id: 'oxxo', name: 'OXXO' } }));
  await lessons.teach(aLesson('other', { companyId: 'beta' }));

  const names = (await lessons.of('acme', 10)).map(({ ticketId, merchant }) => [ticketId, merchant.name]);
  assert.deepEqual(names, [
    ['t3', 'OXXO'],
    ['t2', 'Cafe Sur'],
  ]);
});

test('a forgotten lesson is told as forgotten, without who taught it or what was printed, and goes for good later', async (t) => {
  const { connection } = await aStore(t);
  const clock = manualClock();
  const lessons = await createLessons(connection, clock);
  await lessons.teach(aLesson('t1'));
  await lessons.teach(aLesson('t2', { personId: 'luis' }));
  const taughtAt = clock.now();
  clock.advance(1000);

  assert.equal(await lessons.forget('beta', 't1'), false);
  assert.equal(await lessons.forget('acme', 't1'), true);
  await lessons.forgetPerson('acme', 'luis');

  assert.deepEqual(await lessons.of('acme', 10), []);
  const changes = await lessons.changedSince(new Date(taughtAt.getTime() + 1), 10);
  assert.deepEqual(
    changes
      .map(({ lesson, isForgotten }) => [lesson.ticketId, isForgotten, lesson.personId, lesson.fingerprint])
      .sort(),
    [
      ['t1', true, '', ''],
      ['t2', true, '', ''],
    ],
  );
  assert.deepEqual(await lessons.changedSince(null, 10), []);
  clock.advance(1000);
  await lessons.forgetBefore(clock.now());
  assert.deepEqual(await lessons.changedSince(new Date(0), 10), []);
});
