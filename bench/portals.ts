import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { createBrowsers } from '../src/portals/browsers.ts';
import { findChromium } from '../src/portals/chromium-path.ts';
import { visit } from '../src/portals/visit.ts';
import { systemClock } from '../src/system-clock.ts';
import { aPortal, type PortalStyle } from '../test/support/portals/a-portal.ts';
import { replicaRecipe } from '../test/support/portals/replica-recipes.ts';
import { memoryOfTree } from './memory-of-tree.ts';

/** Visits to replicas of three styles, one after the other and four at once: how long each takes, and what Chromium holds. */
const { values: options } = parseArgs({ options: { visits: { type: 'string', default: '12' } } });
const visits = Number(options.visits);
const recipient = {
  ...{ taxId: 'EKU9003173C9', name: 'ESCUELA KEMPER URGATE', regime: '601', postalCode: '26015' },
  ...{ cfdiUse: 'G03', email: 'facturas@ejemplo.mx' },
};
const ends: (() => unknown)[] = [];
const scope = { after: (end: () => unknown) => void ends.push(end) };

for (const atOnce of [1, 4]) {
  await using browsers = createBrowsers({ executablePath: await findChromium(undefined), atOnce, isSandboxed: false });
  let peakBytes = 0;
  const watching = setInterval(async () => {
    peakBytes = Math.max(peakBytes, await memoryOfTree(process.pid));
  }, 250);
  const times: number[] = [];
  const began = performance.now();
  await Promise.all(Array.from({ length: visits }, (_, place) => one(place)));
  const seconds = (performance.now() - began) / 1_000;
  clearInterval(watching);
  times.sort((a, b) => a - b);
  const at = (share: number) => `${((times[Math.floor(times.length * share)] ?? 0) / 1_000).toFixed(1)} s`;
  process.stdout.write(
    `${atOnce} at once: ${visits} visits in ${seconds.toFixed(1)} s, a visit median ${at(0.5)}, p95 ${at(0.95)}, memory of all processes ${Math.round(peakBytes / 2 ** 20)} MB\n`,
  );

  async function one(place: number): Promise<void> {
    const styles: PortalStyle[] = ['asp', 'jsf', 'spa'];
    const style = styles[place % styles.length] ?? 'asp';
    const sale = { folio: `A-${1_000 + place}`, total: '466.00', date: '2026-11-20' };
    const portal = await aPortal(scope, style, [sale]);
    const recipe = replicaRecipe(style, portal.url);
    const values = { ticket: { folio: sale.folio, total: sale.total }, recipient };
    const deps = {
      beforeSubmit: async () => undefined,
      solveCaptcha: async () => null,
      keepEvidence: async () => undefined,
      clock: systemClock,
      signal: new AbortController().signal,
    };
    await browsers.use(new Set([new URL(portal.url).host]), async (page) => {
      const start = performance.now();
      const { outcome } = await visit(page, { recipe, steps: recipe.steps, values }, deps);
      if (outcome !== 'ok') throw new Error(`${style}: ${outcome}`);
      times.push(performance.now() - start);
    });
  }
}
for (const end of ends) await end();
