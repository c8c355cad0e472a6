/** Lets at most `limit` pieces of work run at once; the others wait, first come, first served. */
export function createAtMost(limit: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;

  return async function atMost(work) {
    if (running < limit) running += 1;
    // Whoever ends hands its place over, so that the count stays.
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
