import type { Fields, MerchantMatch } from '../domain/document.ts';
import type { PortalState } from '../domain/portal.ts';
import { type Reading, readingText } from '../domain/reading.ts';
import type { Step } from '../pipeline/step.ts';
import { type Browsers, type BrowsersConfig, createBrowsers } from './browsers.ts';
import { chooseRecipe } from './choose-recipe.ts';
import { findChromium } from './chromium-path.ts';
import { type InvoiceStepDeps, invoiceStep } from './invoice-step.ts';
import { loadRecipes } from './load-recipes.ts';
import { portalState } from './portal-state.ts';
import type { Recipe } from './recipe.ts';
import { ticketValues } from './ticket-values.ts';

export interface PortalSettings {
  mode: 'off' | 'ask' | 'auto';
  dir: string | null;
  atOnce: number;
  chromiumPath: string | undefined;
  isSandboxed: boolean;
}

export interface PortalsDeps extends Omit<InvoiceStepDeps, 'recipes' | 'browsers'> {
  settings: PortalSettings;
  /** Folder of our own recipes. */
  recipesDir: string;
}

/** What a receipt needs for being invoiced without asking anybody. */
interface Understood {
  companyId: string;
  merchant: MerchantMatch | null;
  fields: Fields;
  reading: Reading;
}

export interface Portals extends AsyncDisposable {
  step: Step;
  /** Read anew each time, so that a recipe is corrected without a restart. */
  recipes(): Promise<readonly Recipe[]>;
  /**
   * Where a receipt could be invoiced; null when no portal is known or portals are off. `isAutomatic`: it goes there by itself, since it
   * is so set, a profile is there, and nothing that the portal wants is doubtful.
   */
  plan(receipt: Understood): Promise<{ portal: PortalState; isAutomatic: boolean } | null>;
}

/** How long recipes once read are used. */
const recipesFreshMs = 5_000;

export function createPortals(deps: PortalsDeps): Portals {
  const { settings, fiscalProfiles, clock, log } = deps;
  const browsers = lazyBrowsers(settings);
  let known: { at: number; recipes: Promise<readonly Recipe[]> } | null = null;

  function recipes(): Promise<readonly Recipe[]> {
    const now = clock.now().getTime();
    if (!known || now - known.at > recipesFreshMs) known = { at: now, recipes: read() };
    return known.recipes;
  }

  async function read(): Promise<readonly Recipe[]> {
    const found = await loadRecipes([deps.recipesDir, ...(settings.dir === null ? [] : [settings.dir])]);
    for (const problem of found.problems) log.error(problem, 'a portal recipe cannot be used');
    return found.recipes;
  }

  async function plan({ companyId, merchant, fields, reading }: Understood) {
    if (settings.mode === 'off') return null;
    const text = readingText(reading);
    const recipe = chooseRecipe(await recipes(), { merchantId: merchant?.id ?? null, text });
    if (!recipe) return null;
    const recipient = settings.mode === 'auto' ? await fiscalProfiles.of(companyId) : null;
    const isAutomatic =
      recipient !== null && ticketValues(recipe, { ticket: { fields }, text, recipient }).missing.length === 0;
    return { portal: portalState(recipe, fields), isAutomatic };
  }

  return {
    step: invoiceStep({ ...deps, recipes, browsers }),
    recipes,
    plan,
    [Symbol.asyncDispose]: () => browsers[Symbol.asyncDispose](),
  };
}

/** Chromium is looked for when the first portal is visited. */
function lazyBrowsers({ chromiumPath, atOnce, isSandboxed }: PortalSettings): Browsers {
  let made: Promise<Browsers> | null = null;
  async function make(): Promise<Browsers> {
    const config: BrowsersConfig = { executablePath: await findChromium(chromiumPath), atOnce, isSandboxed };
    return createBrowsers(config);
  }
  return {
    use: async (hosts, visit) => {
      made ??= make();
      return (await made).use(hosts, visit);
    },
    [Symbol.asyncDispose]: async () => {
      await (await made)?.[Symbol.asyncDispose]();
    },
  };
}
