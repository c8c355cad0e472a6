export interface TimeToken {
  readonly start: number;
  readonly end: number;
  /** HH:MM or HH:MM:SS, 24 hours. */
  readonly value: string;
}

const clock = /(?<![\d:])(\d{1,2}) ?[:.] ?(\d\d)(?: ?[:.] ?(\d\d))?(?!\d)\s{0,2}([ap]\.?\s?m\b)?/gi;

/** Times of day with a colon; with points or blanks only when am/pm follows or seconds are there. */
export function findTimes(text: string): TimeToken[] {
  const found: TimeToken[] = [];
  for (const match of text.matchAll(clock)) {
    const [whole, hour = '', minute = '', second, half] = match;
    const isPlain = whole.includes(':') || half !== undefined;
    const value = isPlain ? timeValue(hour, minute, second, half) : null;
    if (value) found.push({ start: match.index, end: match.index + whole.length, value });
  }
  return found;
}

function timeValue(hour: string, minute: string, second: string | undefined, half: string | undefined): string | null {
  const hours = hours24(Number(hour), half);
  if (hours > 23 || Number(minute) > 59 || Number(second ?? 0) > 59) return null;
  const parts = [String(hours).padStart(2, '0'), minute, ...(second === undefined ? [] : [second])];
  return parts.join(':');
}

function hours24(hour: number, half: string | undefined): number {
  if (half === undefined || hour > 12) return hour;
  return (hour % 12) + (/^p/i.test(half) ? 12 : 0);
}
