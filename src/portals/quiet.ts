import type { Page, Request } from 'playwright';
import type { Clock } from '../domain/clock.ts';

/** After a click a page answers within this time, or not by loading anything. */
const firstRequestMs = 120;
const quietMs = 150;
const pollMs = 30;

/**
 * Waits after a click until the page has stopped loading (a new page, a partial post, a script's calls), at most `timeoutMs`:
 * what comes next might else act on the page that is about to go.
 */
export function createQuiet(page: Page, clock: Clock): (timeoutMs: number) => Promise<void> {
  const open = new Set<Request>();
  let lastChangeMs = 0;
  const changed = () => {
    lastChangeMs = clock.now().getTime();
  };
  page.on('request', (request) => {
    if (request.isNavigationRequest() || ['document', 'xhr', 'fetch', 'script'].includes(request.resourceType())) {
      open.add(request);
      changed();
    }
  });
  const ended = (request: Request) => {
    if (open.delete(request)) changed();
  };
  page.on('requestfinished', ended);
  page.on('requestfailed', ended);

  return async (timeoutMs) => {
    const beganMs = clock.now().getTime();
    await clock.sleep(firstRequestMs);
    for (;;) {
      const nowMs = clock.now().getTime();
      if (page.isClosed() || nowMs - beganMs > timeoutMs) return;
      if (open.size === 0 && nowMs - lastChangeMs > quietMs) return;
      await clock.sleep(pollMs);
    }
  };
}
