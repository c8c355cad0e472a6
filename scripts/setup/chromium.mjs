// A Chromium for the tests that drive the web page: the machine's own, Playwright's, or Debian's package.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { aptInstall } from './apt.mjs';
import { found, remember } from './found.mjs';
import { problem, root, run, which } from './run.mjs';

const names = ['chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser'];
const macPaths = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

export const chromium = {
  title: { es: 'Chromium para las pruebas', en: 'Chromium for the tests' },
  isRequired: () => false,
  isDone: () => {
    const known = found().chromium;
    return known !== undefined && existsSync(known);
  },
  run: async () => {
    const there = await firstThatRuns();
    if (there) return remember({ chromium: there });
    if (isDebian()) await aptInstall('chromium');
    const installed = await firstThatRuns();
    if (installed) return remember({ chromium: installed });
    throw problem('Chromium: no está · not there', '→ npx playwright install --with-deps chromium');
  },
};

/** Ubuntu's package of that name is a snap, which runs neither in containers nor for root's tests. */
function isDebian() {
  return existsSync('/etc/os-release') && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
}

async function firstThatRuns() {
  for (const candidate of [() => which(names), () => macPaths.find((path) => existsSync(path)), playwrightBrowser]) {
    const path = await candidate();
    if (path && (await runs(path))) return path;
  }
  return undefined;
}

function runs(path) {
  return run(path, ['--version'], { timeoutMs: 30_000 }).then(
    () => true,
    () => false,
  );
}

async function playwrightBrowser() {
  const ask = "import('playwright').then(({ chromium }) => console.log(chromium.executablePath()))";
  const node = join(root, 'node_modules/.bin/node');
  const path = await run(node, ['-e', ask], { timeoutMs: 30_000 }).catch(() => '');
  return existsSync(path.trim()) ? path.trim() : undefined;
}
