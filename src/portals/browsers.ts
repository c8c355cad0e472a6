import { type Browser, type BrowserContext, chromium, type Page } from 'playwright';
import { Failure } from '../domain/failure.ts';

/** Browsers collect memory; after so many visits a fresh one takes over. */
const visitsPerBrowser = 40;
const launchTimeoutMs = 30_000;

/** Nothing leaves for Google, and no update comes in. */
const quietly = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-gpu',
  '--disable-dev-shm-usage',
];

export interface BrowsersConfig {
  /** Chromium's program; undefined takes the one that Playwright installed. */
  executablePath?: string | undefined;
  /** Visits at the same time; others wait. */
  atOnce: number;
  /** False shows the window, for `recibot portal try`. */
  isHeadless?: boolean;
  /** Chromium's own sandbox does not work for root, as in most containers. */
  isSandboxed: boolean;
}

/** Chromium for portals: one process, each visit in a context of its own, so that no company sees another's cookies. */
export interface Browsers extends AsyncDisposable {
  /**
   * Runs `visit` on a fresh page that may load from `hosts` (`name:port` or `name`) only; closes it whatever happens.
   * @throws {Failure} `browser-unavailable` when Chromium does not start.
   */
  use<T>(hosts: ReadonlySet<string>, visit: (page: Page) => Promise<T>): Promise<T>;
}

export function createBrowsers(config: BrowsersConfig): Browsers {
  const waiting: (() => void)[] = [];
  const retired = new Set<Promise<Browser>>();
  let busy = 0;
  let current: { browser: Promise<Browser>; visits: number } | null = null;

  async function enter(): Promise<void> {
    if (busy >= config.atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else busy += 1;
  }

  /** The place goes straight to whoever waits, so that nobody slips in between. */
  function leave(): void {
    const next = waiting.shift();
    if (next) next();
    else busy -= 1;
  }

  function browserForVisit(): Promise<Browser> {
    if (current && current.visits >= visitsPerBrowser) {
      retired.add(current.browser); // closed once its last visit has ended
      current = null;
    }
    current ??= { browser: launchAnew(), visits: 0 };
    current.visits += 1;
    return current.browser;
  }

  /** One that crashes is not used again. */
  function launchAnew(): Promise<Browser> {
    const browser = launch(config);
    const forget = () => {
      if (current?.browser === browser) current = null;
    };
    browser.then((opened) => opened.once('disconnected', forget), forget);
    return browser;
  }

  async function closeIfIdle(browser: Promise<Browser>): Promise<void> {
    const opened = await browser;
    if (!retired.has(browser) || opened.contexts().length > 0) return;
    retired.delete(browser);
    await opened.close();
  }

  async function use<T>(hosts: ReadonlySet<string>, visit: (page: Page) => Promise<T>): Promise<T> {
    await enter();
    try {
      const browser = browserForVisit();
      const context = await contextOf(browser, hosts).catch((cause: unknown) => {
        browser.then((broken) => broken.close()).catch(() => undefined);
        throw new Failure('browser-unavailable', 'retry', `Chromium: ${String(cause)}`, { cause });
      });
      try {
        return await visit(await context.newPage());
      } finally {
        await context.close().catch(() => undefined);
        await closeIfIdle(browser);
      }
    } finally {
      leave();
    }
  }

  return {
    use,
    [Symbol.asyncDispose]: async () => {
      const open = [...retired, ...(current ? [current.browser] : [])];
      await Promise.allSettled(open.map(async (browser) => (await browser).close()));
    },
  };
}

function launch({ executablePath, isHeadless = true, isSandboxed }: BrowsersConfig): Promise<Browser> {
  return chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    headless: isHeadless,
    chromiumSandbox: isSandboxed,
    timeout: launchTimeoutMs,
    args: quietly,
  });
}

async function contextOf(browser: Promise<Browser>, hosts: ReadonlySet<string>): Promise<BrowserContext> {
  const context = await (await browser).newContext({
    locale: 'es-MX',
    timezoneId: 'America/Mexico_City',
    serviceWorkers: 'block',
    acceptDownloads: true,
  });
  await context.route('**/*', (route) => {
    const { host, hostname, protocol } = new URL(route.request().url());
    const isAllowed = protocol === 'data:' || protocol === 'blob:' || hosts.has(host) || hosts.has(hostname);
    return isAllowed ? route.continue() : route.abort('blockedbyclient');
  });
  await context.routeWebSocket('**/*', (socket) => {
    const { host, hostname } = new URL(socket.url());
    if (hosts.has(host) || hosts.has(hostname)) socket.connectToServer();
    else socket.close();
  });
  return context;
}
