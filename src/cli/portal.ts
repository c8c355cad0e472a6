import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { chromium } from 'playwright';
import { defaultCompanyId } from '../context.ts';
import { Failure } from '../domain/failure.ts';
import { createBrowsers } from '../portals/browsers.ts';
import { findChromium } from '../portals/chromium-path.ts';
import { draftRecipe } from '../portals/draft-recipe.ts';
import type { Recipe } from '../portals/recipe.ts';
import { recordActs } from '../portals/record.ts';
import { ticketValues } from '../portals/ticket-values.ts';
import { type Evidence, visit } from '../portals/visit.ts';
import { openContext } from './open-context.ts';

/** Looks after the recipes of invoicing portals: lists them, tries one in the open, drafts one from what a person does. */
export function addPortalCommand(program: Command): void {
  const command = program.command('portal').description('Portales de facturación · Invoicing portals');
  command.command('list').description('las recetas que hay · the recipes there are').action(list);
  command
    .command('try')
    .description(
      'recorre un portal sin facturar, o factura con --submit · walks a portal, invoicing only with --submit',
    )
    .argument('<recipe>', 'id de la receta · id of the recipe')
    .option('--data <name=value...>', 'datos del ticket · values of the ticket', [])
    .option('--company <id>', 'empresa para la que se factura · company that is invoiced', defaultCompanyId)
    .option('--out <folder>', 'capturas y archivos · pictures and files', 'portal-try')
    .option('--show', 'muestra la ventana · shows the window', false)
    .option('--submit', 'factura de verdad · really invoices', false)
    .action(tryRecipe);
  command
    .command('record')
    .description(
      'anota lo que haces en un portal y redacta una receta · notes what you do on a portal and drafts a recipe',
    )
    .argument('<url>', 'dirección del portal · address of the portal')
    .option('--out <file>', 'archivo de la receta · file of the recipe', 'recipe.json')
    .action(record);
}

async function list(): Promise<void> {
  await using context = await openContext('invoice');
  for (const { id, name, verifiedLive, url } of await context.portals.recipes()) {
    const verified = verifiedLive === 'no' ? 'sin probar · untried' : verifiedLive;
    process.stdout.write(`${id.padEnd(14)} ${verified.padEnd(22)} ${name.padEnd(42)} ${url}\n`);
  }
}

interface TryOptions {
  data: string[];
  company: string;
  out: string;
  show: boolean;
  submit: boolean;
}

async function tryRecipe(id: string, options: TryOptions): Promise<void> {
  await using context = await openContext('invoice');
  const { config, clock } = context;
  const recipe = (await context.portals.recipes()).find((one) => one.id === id);
  if (!recipe) throw new Failure('not-found', 'ask', `No hay receta ${id} · There is no recipe ${id}`);
  const recipient = await context.fiscalProfiles.of(options.company);
  if (!recipient)
    throw new Failure('no-fiscal-profile', 'ask', 'Faltan los datos fiscales: /datos · No fiscal data: /datos');
  const given = Object.fromEntries(options.data.map((pair) => pair.split(/=(.*)/s).slice(0, 2)));
  const { values, missing } = ticketValues(recipe, { ticket: { fields: {} }, text: '', recipient, given });
  const names = missing.map(({ name, label }) => `${name} (${label.es})`).join(', ');
  if (missing.length > 0) throw new Failure('invalid-request', 'ask', `Faltan · Missing: --data ${names}`);
  await mkdir(options.out, { recursive: true });
  const executablePath = await findChromium(config.portals.chromiumPath);
  const { isSandboxed } = config.portals;
  await using browsers = createBrowsers({ executablePath, isSandboxed, atOnce: 1, isHeadless: !options.show });
  const hosts = new Set([new URL(recipe.url).host, ...recipe.alsoLoads]);
  const steps = options.submit ? recipe.steps : stepsBeforeSubmit(recipe);
  const deps = {
    clock,
    signal: AbortSignal.timeout(8 * 60_000),
    beforeSubmit: async () => undefined,
    solveCaptcha: () => askInTerminal(options.out),
    keepEvidence: (evidence: Evidence) => showEvidence(options.out, evidence),
  };
  const { outcome, words, files } = await browsers.use(hosts, (page) => visit(page, { recipe, steps, values }, deps));
  for (const { name, bytes } of files) await writeFile(join(options.out, name.replace(/[^\w.-]/g, '_')), bytes);
  const end = options.submit ? outcome : `${outcome} (antes de facturar · before the submit)`;
  process.stdout.write(`${end}${words ? `: ${words}` : ''}\n`);
}

function stepsBeforeSubmit({ steps }: Recipe): Recipe['steps'] {
  return steps.slice(
    0,
    steps.findIndex(({ do: what }) => what === 'submit'),
  );
}

async function showEvidence(folder: string, { step, url, picture }: Evidence): Promise<void> {
  const path = join(folder, `${step.replace(/\W+/g, '-')}.jpg`);
  await writeFile(path, picture);
  process.stderr.write(`${step.padEnd(14)} ${url}  →  ${path}\n`);
}

/** The window is open with `--show`; else the picture lies in the folder. */
async function askInTerminal(folder: string): Promise<string | null> {
  process.stderr.write(`Captcha (${folder}): ¿qué dice la imagen? · what does the picture say?\n> `);
  const [typed] = await once(process.stdin, 'data');
  return String(typed).trim() || null;
}

async function record(url: string, { out }: { out: string }): Promise<void> {
  await using context = await openContext('invoice');
  const executablePath = await findChromium(context.config.portals.chromiumPath);
  const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), headless: false });
  const page = await browser.newPage();
  process.stderr.write(
    'Haz tu factura en la ventana y ciérrala al final · Make your invoice in the window, then close it\n',
  );
  const ended = new Promise<void>((resolve) => page.once('close', () => resolve()));
  const acts = await recordActs(page, url, ended);
  await browser.close();
  const recipe = draftRecipe(url, acts, await context.fiscalProfiles.of(defaultCompanyId));
  await writeFile(out, `${JSON.stringify(recipe, null, 2)}\n`);
  process.stdout.write(`${out}: ${recipe.steps.length} pasos · steps\n`);
}
