import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findDates } from '../../../src/pipeline/extract/date.ts';
import { findTimes } from '../../../src/pipeline/extract/time.ts';

const dates = (text: string) => findDates(text, 'dmy').map((token) => token.value);
const times = (text: string) => findTimes(text).map((token) => token.value);

test('numeric dates are read day first unless only the other order is a date', () => {
  assert.deepEqual(dates('03/04/2025'), ['2025-04-03']);
  assert.deepEqual(dates('12/28/2017'), ['2017-12-28']);
  assert.equal(findDates('03/04/2025', 'mdy')[0]?.value, '2025-03-04');
  assert.equal(findDates('03/04/2025', 'dmy')[0]?.swapped, '2025-03-04');
});

test('two-digit years, points, hyphens and ISO dates are read', () => {
  assert.deepEqual(dates('28/04/26 19 39'), ['2026-04-28']);
  assert.deepEqual(dates('11.02.18 14:08'), ['2018-02-11']);
  assert.deepEqual(dates('Emision 2025-11-11/15:04'), ['2025-11-11']);
});

test('month names in Spanish and English are read, also glued', () => {
  assert.deepEqual(dates('19MAR25'), ['2025-03-19']);
  assert.deepEqual(dates('19 de marzo de 2025'), ['2025-03-19']);
  assert.deepEqual(dates('4JULIO2012'), ['2012-07-04']);
  assert.deepEqual(dates('DIC.20.25 13:53'), ['2025-12-20']);
  assert.deepEqual(dates('Monday, 4 December, 2017'), ['2017-12-04']);
});

test('separators and blanks that OCR lost or put in do not hide the date', () => {
  assert.deepEqual(dates('13/11/202520:12'), ['2025-11-13']);
  assert.deepEqual(dates('11/03/1821:30'), ['2018-03-11']);
  assert.deepEqual(dates('FECHA:2402202615:48'), ['2026-02-24']);
  assert.deepEqual(dates('1 1/05/2018 08:35'), ['2018-05-11']);
  assert.deepEqual(dates('O1/O2/2020'), ['2020-02-01']);
});

test('days that do not exist and dotted numbers are no dates', () => {
  assert.deepEqual(dates('31/02/2025'), []);
  assert.deepEqual(dates('IP 12.10.11.22'), []);
});

test('every real day is found in each of its printed forms', () => {
  const months = ['ENE', 'FEB', 'MAR', 'ABR', 'MAY', 'JUN', 'JUL', 'AGO', 'SEP', 'OCT', 'NOV', 'DIC'];
  const day = fc.date({ min: new Date('2000-01-01'), max: new Date('2049-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(day, (date) => {
      const iso = date.toISOString().slice(0, 10);
      const [year = '', month = '', dayOfMonth = ''] = iso.split('-');

      assert.equal(dates(`FECHA ${dayOfMonth}/${month}/${year}`)[0], iso);
      assert.equal(dates(`${dayOfMonth} ${months[Number(month) - 1]} ${year}`)[0], iso);
      assert.equal(dates(iso)[0], iso);
    }),
  );
});

test('times are given in 24 hours', () => {
  assert.deepEqual(times('10:17:32 PM'), ['22:17:32']);
  assert.deepEqual(times('04:17:30 p. m'), ['16:17:30']);
  assert.deepEqual(times('12:05 a.m.'), ['00:05']);
  assert.deepEqual(times('22:17PM'), ['22:17']);
});

test('prices and impossible hours are no times', () => {
  assert.deepEqual(times('TOTAL 12.50'), []);
  assert.deepEqual(times('25:61'), []);
});
