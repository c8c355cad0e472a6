import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quietUntil } from '../../../src/notifier/quiet/quiet-hours.ts';

const night = { from: '22:00', to: '07:00' };
const mexico = 'America/Mexico_City';

/** Mexico City is six hours behind UTC all year. */
const inMexico = (time: string) => quietUntil(new Date(`${time}:30Z`), night, mexico)?.toISOString();

test('within the quiet hours they end in the morning, on the wall clock of the company', () => {
  assert.equal(inMexico('2026-03-10T04:00'), '2026-03-10T13:00:00.000Z');
  assert.equal(inMexico('2026-03-10T12:59'), '2026-03-10T13:00:00.000Z');
});

test('outside of them nothing has to wait', () => {
  assert.equal(inMexico('2026-03-10T03:59'), undefined);
  assert.equal(inMexico('2026-03-10T13:00'), undefined);
});

test('hours within one day, and no hours at all', () => {
  const siesta = { from: '14:00', to: '16:00' };
  const at = new Date('2026-03-10T15:00:00Z');

  assert.equal(quietUntil(at, siesta, 'UTC')?.toISOString(), '2026-03-10T16:00:00.000Z');
  assert.equal(quietUntil(at, night, 'UTC'), null);
  assert.equal(quietUntil(at, null, 'UTC'), null);
  assert.equal(quietUntil(at, { from: '15:00', to: '15:00' }, 'UTC'), null);
});

test('a night in which the clock is changed ends at the same time on the wall', () => {
  const [spring, autumn] = ['2026-03-28T23:00:00Z', '2026-10-24T23:00:00Z'];

  // Madrid goes from UTC+1 to UTC+2 and back.
  assert.equal(quietUntil(new Date(spring), night, 'Europe/Madrid')?.toISOString(), '2026-03-29T05:00:00.000Z');
  assert.equal(quietUntil(new Date(autumn), night, 'Europe/Madrid')?.toISOString(), '2026-10-25T06:00:00.000Z');
});
