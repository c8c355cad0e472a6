import type { QuietHours } from '../../domain/person.ts';

/**
 * When the quiet hours end that `now` lies in, by the clock on the wall of `timeZone` (IANA); null when phones may ring.
 * `22:00`–`07:00` goes over midnight; the same time twice is no time at all.
 */
export function quietUntil(now: Date, hours: QuietHours | null, timeZone: string): Date | null {
  if (hours === null) return null;
  const [from, to] = [minuteOf(hours.from), minuteOf(hours.to)];
  const minute = minuteOfDay(now, timeZone);
  const isWithin = from <= to ? minute >= from && minute < to : minute >= from || minute < to;
  if (!isWithin) return null;
  const end = afterMinutes(now, (to - minute + 1_440) % 1_440);
  // A clock that is put forward or back in the night moves the end by what it was moved.
  const missed = to - minuteOfDay(end, timeZone);
  const correction = missed > 720 ? missed - 1_440 : missed < -720 ? missed + 1_440 : missed;
  return afterMinutes(end, correction);
}

function afterMinutes(now: Date, minutes: number): Date {
  const at = new Date(now.getTime() + minutes * 60_000);
  at.setUTCSeconds(0, 0);
  return at;
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

function minuteOfDay(at: Date, timeZone: string): number {
  const shown = at.toLocaleTimeString('sv-SE', { timeZone, hour: '2-digit', minute: '2-digit' });
  return minuteOf(shown);
}
