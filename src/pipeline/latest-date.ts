/** The date that a receipt printed now may bear at most, as YYYY-MM-DD: today in the zone that is first (UTC+14). */
export function latestDate(now: Date): string {
  return new Date(now.getTime() + 14 * 3_600_000).toISOString().slice(0, 10);
}
