import { accessSync, constants } from 'node:fs';
import { after, type TestContext } from 'node:test';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright';

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** The Chromium of CHROMIUM_PATH, of this machine, or of Playwright; undefined when there is none. */
export const chromiumPath = [process.env.CHROMIUM_PATH, ...usualPlaces, chromium.executablePath()].find(isExecutable);

function isExecutable(path: string | undefined): path is string {
  if (!path) return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** One browser for a test file; call in its first line. */
export function aBrowser(): () => Promise<Browser> {
  let browser: Promise<Browser> | undefined;
  after(async () => (await browser)?.close());
  return () => {
    browser ??= chromium.launch({
      ...(chromiumPath ? { executablePath: chromiumPath } : {}),
      // Containers and CI run as root, where Chromium's own sandbox cannot.
      args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
    });
    return browser;
  };
}

/** What the page complained about: errors that nobody caught, and the console's own, such as a broken content policy. */
export interface WatchedPage {
  page: Page;
  complaints: string[];
}

/** A page in a profile of its own (cookies, storage), in Mexican Spanish unless told. */
export async function aPage(
  t: TestContext,
  browser: Browser,
  address: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({ locale: 'es-MX', ...options });
  t.after(() => context.close());
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.setDefaultTimeout(15_000);
  await page.goto(address);
  return { page, complaints };
}
