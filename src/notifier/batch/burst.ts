/** So many documents within so long are answered with one summary. */
export const burst = { documents: 20, withinMs: 60_000 };
/** From so many on, answers wait until the burst has stood still for so long, since it may become one. */
export const mayBecome = { documents: 3, stillMs: 3_000 };

/**
 * What a document is part of, by the times at which its chat's documents came around it, itself included:
 * a `batch` that gets a summary, a burst that is `growing` into one perhaps, or nothing that matters.
 */
export function burstOf(arrivals: readonly Date[], own: Date, now: Date): 'batch' | 'growing' | 'alone' {
  const times = arrivals.map((at) => at.getTime()).sort((a, b) => a - b);
  const isFull = times.some((first, index) => {
    const last = times[index + burst.documents - 1];
    if (last === undefined || last - first > burst.withinMs) return false;
    return last - burst.withinMs <= own.getTime() && own.getTime() <= first + burst.withinMs;
  });
  if (isFull) return 'batch';
  const newest = times.at(-1) ?? 0;
  const isGrowing = times.length >= mayBecome.documents && now.getTime() - newest < mayBecome.stillMs;
  return isGrowing ? 'growing' : 'alone';
}
