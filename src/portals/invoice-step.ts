import { createHash, randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Clock } from '../domain/clock.ts';
import type { EInvoice } from '../domain/e-invoice.ts';
import { Failure } from '../domain/failure.ts';
import type { FiscalProfile } from '../domain/fiscal-profile.ts';
import type { PortalOutcome, PortalState } from '../domain/portal.ts';
import { readingText } from '../domain/reading.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { Outcome, Step } from '../pipeline/step.ts';
import type { Files } from '../store/files.ts';
import type { PortalRun, PortalRuns } from '../store/portal-runs.ts';
import type { Readings } from '../store/readings.ts';
import type { Browsers } from './browsers.ts';
import { chooseRecipe } from './choose-recipe.ts';
import { whileHolding } from './hold.ts';
import { type CheckedInvoice, checkInvoice } from './invoice-files.ts';
import { portalState } from './portal-state.ts';
import type { Recipe } from './recipe.ts';
import type { TemplateValues } from './template.ts';
import { enoughConfidence, ticketValues } from './ticket-values.ts';
import { type Evidence, type VisitResult, visit } from './visit.ts';

export interface InvoiceStepDeps {
  recipes(): Promise<readonly Recipe[]>;
  browsers: Browsers;
  runs: PortalRuns;
  readings: Readings;
  files: Files;
  fiscalProfiles: { of(companyId: string): Promise<FiscalProfile | null> };
  /** Shows a captcha to the person of the ticket; null when nobody answers in time. */
  solveCaptcha(ticket: Ticket, picture: Uint8Array, signal: AbortSignal): Promise<string | null>;
  /** Tells which invoices a tax authority is asked about. */
  compliance: { concerns(invoice: EInvoice): boolean };
  clock: Clock;
  log: Logger;
}

/** Endings after which a person may mend something and ask again; the portal has made no invoice. */
const refusals: ReadonlySet<PortalOutcome> = new Set([
  'datos_invalidos',
  'ticket_no_encontrado',
  'ticket_vencido',
  'no_facturado',
  'captcha',
]);
/** A visit with a captcha that a person solves; one without ends sooner by the steps' own limits. */
const visitTimeoutMs = 8 * 60_000;

/** AUTOMATION_QUEUE → WEB_AUTOMATION → COMPLETED with the CFDI, or HUMAN_REVIEW with what the portal said. */
export function invoiceStep(deps: InvoiceStepDeps): Step {
  const { runs, clock, log } = deps;

  async function run(ticket: Ticket, signal: AbortSignal): Promise<Outcome> {
    const recipient = await deps.fiscalProfiles.of(ticket.companyId);
    if (!recipient) throw new Failure('no-fiscal-profile', 'ask', 'the company has no fiscal profile');
    const reading = await deps.readings.get(ticket.id);
    const text = reading ? readingText(reading) : '';
    const recipe = chooseRecipe(await deps.recipes(), { merchantId: ticket.merchant?.id ?? null, text });
    if (!recipe) throw new Failure('no-portal', 'review', `no portal is known for ${ticket.merchant?.name}`);
    const owner = randomUUID();
    const key = { ticketId: ticket.id, companyId: ticket.companyId, recipeId: recipe.id };
    return whileHolding({ runs, clock, log }, key, owner, signal, async (held, holding) => {
      const { values, missing } = ticketValues(recipe, { ticket, text, recipient, given: held.given });
      const state = portalState(recipe, ticket.fields);
      if (missing.length > 0) return lacking({ ...state, missing: missing.map(asked) });
      const trip = {
        ticket,
        recipe,
        values,
        owner,
        signal: AbortSignal.any([holding, AbortSignal.timeout(visitTimeoutMs)]),
      };
      const result = await getInvoice(deps, trip, held);
      return conclude(trip, recipient, { ...state, outcome: result.outcome, words: result.words }, result);
    });
  }

  function lacking(portal: PortalState): Outcome {
    return { to: 'HUMAN_REVIEW', patch: { portal, reasons: ['portal_missing'] }, reason: 'portal_missing' };
  }

  async function conclude(
    trip: Trip,
    recipient: FiscalProfile,
    portal: PortalState,
    result: VisitResult,
  ): Promise<Outcome> {
    const { ticket, owner, recipe } = trip;
    const end = { outcome: result.outcome, words: result.words };
    if (result.outcome === 'ok') {
      const checked = await checkInvoice(result.files, { taxId: recipient.taxId, total: sureTotal(ticket) });
      for (const { bytes, mime, sha256 } of checked?.files ?? []) await deps.files.put(bytes, { sha256, mime });
      await runs.release(ticket.id, owner, { ...end, state: 'done' });
      return checked ? withInvoice(deps, portal, checked) : withoutInvoice(portal, recipe);
    }
    if (result.outcome === 'timeout' || result.outcome === 'reintentar_despues') {
      await runs.release(ticket.id, owner, end);
      throw new Failure('portal-unavailable', 'retry', `${recipe.id}: ${result.outcome} ${result.words ?? ''}`);
    }
    if (refusals.has(result.outcome)) await runs.reopen(ticket.id, owner);
    await runs.release(ticket.id, owner, end);
    const reason = `portal_${result.outcome}`;
    return { to: 'HUMAN_REVIEW', patch: { portal, reasons: [reason] }, reason };
  }

  return { queue: 'automation', from: 'AUTOMATION_QUEUE', stage: 'WEB_AUTOMATION', run };
}

interface Trip {
  ticket: Ticket;
  recipe: Recipe;
  values: TemplateValues;
  owner: string;
  signal: AbortSignal;
}

/**
 * Makes the invoice, or fetches the one that is there. A run found at `submitting` was cut off at the click: the portal is asked
 * first, and only when it knows of no invoice the click is made again.
 * @throws {Failure} `portal-unsure` when the portal cannot be asked.
 */
async function getInvoice(deps: InvoiceStepDeps, trip: Trip, held: PortalRun): Promise<VisitResult> {
  if (held.state !== 'new') {
    const known = await ask(deps, trip);
    if (known.outcome !== 'no_facturado' && known.outcome !== 'ticket_no_encontrado') return known;
    await deps.runs.reopen(trip.ticket.id, trip.owner);
  }
  const made = await go(deps, trip, 'steps');
  return made.outcome === 'ya_facturado' && trip.recipe.ask.length > 0 ? ask(deps, trip) : made;
}

function ask(deps: InvoiceStepDeps, trip: Trip): Promise<VisitResult> {
  const { id, ask: steps } = trip.recipe;
  if (steps.length === 0)
    throw new Failure('portal-unsure', 'review', `${id}: cut off at the submit, and it cannot be asked`);
  return go(deps, trip, 'ask');
}

function go(
  deps: InvoiceStepDeps,
  { ticket, recipe, values, owner, signal }: Trip,
  which: 'steps' | 'ask',
): Promise<VisitResult> {
  const { runs, clock } = deps;
  const hosts = new Set([new URL(recipe.url).host, ...recipe.alsoLoads]);
  const visitDeps = {
    clock,
    signal,
    beforeSubmit: async () => {
      if (!(await runs.beginSubmit(ticket.id, owner)))
        throw new Failure('portal-unavailable', 'retry', 'the run is not ours');
    },
    solveCaptcha: (picture: Uint8Array) => deps.solveCaptcha(ticket, picture, signal),
    keepEvidence: (evidence: Evidence) => keepEvidence(deps, ticket.id, evidence),
  };
  return deps.browsers.use(hosts, (page) => visit(page, { recipe, steps: recipe[which], values }, visitDeps));
}

async function keepEvidence(
  { files, runs, clock }: InvoiceStepDeps,
  ticketId: string,
  evidence: Evidence,
): Promise<void> {
  const { step, url, picture, text } = evidence;
  const pictureSha256 = createHash('sha256').update(picture).digest('hex');
  await files.put(picture, { sha256: pictureSha256, mime: 'image/jpeg' });
  await runs.addEvidence(ticketId, { at: clock.now(), step, url, pictureSha256, text: text.slice(0, 4_000) });
}

function withInvoice(
  { compliance }: InvoiceStepDeps,
  portal: PortalState,
  { invoice, files }: CheckedInvoice,
): Outcome {
  const invoiceFiles = files.map(({ bytes: _bytes, ...file }) => file);
  const to = compliance.concerns(invoice) ? 'COMPLIANCE' : 'COMPLETED';
  return { to, patch: { portal, invoice, invoiceFiles, reasons: [] } };
}

/** Without an XML the CFDI comes by e-mail; a portal that only downloads should have given it. */
function withoutInvoice(portal: PortalState, recipe: Recipe): Outcome {
  const isMailed = recipe.delivery !== 'download';
  const [to, reason] = isMailed
    ? (['COMPLETED', 'invoice_by_email'] as const)
    : (['HUMAN_REVIEW', 'portal_without_xml'] as const);
  return { to, patch: { portal, reasons: isMailed ? [] : [reason] }, reason };
}

function asked({ name, label }: Recipe['ticket'][number]): PortalState['missing'][number] {
  return { name, ...label };
}

function sureTotal({ fields: { total } }: Ticket): string | null {
  return total && total.confidence >= enoughConfidence ? total.value : null;
}
