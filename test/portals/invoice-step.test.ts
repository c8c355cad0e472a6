import assert from 'node:assert/strict';
import { after, describe, type TestContext, test } from 'node:test';
import type { FiscalProfile } from '../../src/domain/fiscal-profile.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { type Browsers, createBrowsers } from '../../src/portals/browsers.ts';
import { invoiceStep } from '../../src/portals/invoice-step.ts';
import type { Recipe } from '../../src/portals/recipe.ts';
import { createPortalRuns } from '../../src/store/portal-runs.ts';
import { systemClock } from '../../src/system-clock.ts';
import { chromiumPath } from '../support/browser.ts';
import { anArrival, aReading } from '../support/builders.ts';
import { aPipeline } from '../support/pipeline.ts';
import { aPortal, type PortalStyle } from '../support/portals/a-portal.ts';
import { ourProfile as us } from '../support/portals/our-profile.ts';
import { replicaRecipe } from '../support/portals/replica-recipes.ts';
import { quiet } from '../support/store.ts';

const sale = { folio: 'A-1234', total: '466.00', date: '2026-11-20' };
const field = (value: string, confidence = 0.97) => ({ value, confidence, box: null, source: 'test' });

describe('a receipt goes to its portal', {
  skip: chromiumPath ? false : 'SKIPPED: needs a Chromium (CHROMIUM_PATH)',
}, () => {
  const browsers = createBrowsers({ executablePath: chromiumPath, atOnce: 2, isSandboxed: false });
  after(() => browsers[Symbol.asyncDispose]());

  interface Setting {
    style?: PortalStyle;
    profile?: FiscalProfile | null;
    total?: ReturnType<typeof field>;
    recipe?: (recipe: Recipe) => Recipe;
    browsers?: Browsers;
    captcha?: () => Promise<string | null>;
  }

  /** A company, a portal, and a receipt that waits for its invoice. */
  async function aReceipt(t: TestContext, setting: Setting = {}) {
    const { style = 'asp', profile = us, total = field(sale.total) } = setting;
    const portal = await aPortal(t, style, [sale]);
    const pipeline = await aPipeline(t);
    const runs = createPortalRuns(pipeline.connection, systemClock);
    const recipe = (setting.recipe ?? ((same) => same))(replicaRecipe(style, portal.url));
    const makeStep = (visitors = setting.browsers ?? browsers) =>
      invoiceStep({
        ...{ ...pipeline, runs, clock: systemClock, log: quiet, browsers: visitors },
        recipes: async () => [recipe],
        fiscalProfiles: { of: async () => profile },
        compliance: { concerns: () => false },
        solveCaptcha: setting.captcha ?? (async () => null),
      });
    const { id } = await pipeline.intake(anArrival());
    await pipeline.readings.save(id, aReading('TIENDA DE MUESTRA', 'FOLIO A-1234', 'TOTAL $466.00'));
    const merchant = { id: 'oxxo', name: 'OXXO', taxId: null, confidence: 0.99, method: 'pattern' };
    const known = {
      kind: 'receipt' as const,
      merchant,
      fields: { folio: field(sale.folio), total, date: field(sale.date) },
    };
    for (const [stage, patch] of [
      ['OCR_PROCESSING', {}],
      ['MERCHANT_CLASSIFICATION', {}],
      ['FIELD_EXTRACTION', known],
      ['AUTOMATION_QUEUE', {}],
    ] as const) {
      const at = await pipeline.tickets.load(id);
      assert.ok(at && (await pipeline.tickets.move(at, stage, patch)));
    }

    /** One delivery of the ticket's message; resolves with the ticket as it is then. */
    async function deliver({ step = makeStep(), attempt = 1, isLastAttempt = false } = {}): Promise<Ticket> {
      const payload = { ticketId: id, revision: 1 };
      const message = { id: 'm', queue: step.queue, priority: 'NORMAL' as const, payload, attempt, isLastAttempt };
      await pipeline.run(step)(message, new AbortController().signal);
      return ticket();
    }

    async function ticket(): Promise<Ticket> {
      const at = await pipeline.tickets.load(id);
      assert.ok(at);
      return at.ticket;
    }
    return { ...pipeline, portal, runs, deliver, ticket, id, makeStep };
  }

  test('it comes back completed, with a CFDI for us and its PDF, and what each step looked like', async (t) => {
    const { deliver, files, runs, id, portal } = await aReceipt(t);

    const ticket = await deliver();

    assert.equal(ticket.stage, 'COMPLETED');
    assert.equal(ticket.invoice?.recipient.taxId, us.taxId);
    assert.deepEqual(
      ticket.invoiceFiles?.map(({ mime }) => mime),
      ['application/xml', 'application/pdf'],
    );
    assert.match((await files.get(ticket.invoiceFiles?.[0]?.sha256 ?? '')).toString(), /cfdi:Comprobante/);
    assert.equal(ticket.portal?.outcome, 'ok');
    assert.equal(ticket.portal?.lastDay, '2026-11-30');
    const run = await runs.of(id);
    assert.equal(run?.state, 'done');
    assert.ok((run?.evidence.length ?? 0) >= 3);
    assert.equal((await files.get(run?.evidence[0]?.pictureSha256 ?? ''))[0], 0xff);
    assert.equal(portal.books.submissions.length, 1);
  });

  test('a message that comes again does nothing more', async (t) => {
    const { deliver, portal } = await aReceipt(t);
    await deliver();

    const ticket = await deliver();

    assert.equal(ticket.stage, 'COMPLETED');
    assert.equal(portal.books.submissions.length, 1);
  });

  test('two workers with the same ticket: one submits, both see it end', async (t) => {
    const { deliver, ticket, portal } = await aReceipt(t, { style: 'spa' });

    await Promise.allSettled([deliver(), deliver()]);

    assert.equal((await ticket()).stage, 'COMPLETED');
    assert.equal(portal.books.submissions.length, 1);
  });

  for (const when of ['before', 'after'] as const) {
    for (const style of ['asp', 'jsf', 'spa'] as const) {
      test(`${style}: a worker that died at the submit, ${when} the portal did it: one invoice, found again`, async (t) => {
        const dying = createBrowsers({ executablePath: chromiumPath, atOnce: 1, isSandboxed: false });
        t.after(() => dying[Symbol.asyncDispose]());
        const receipt = await aReceipt(t, { style, browsers: dying });
        const { portal, runs, id } = receipt;
        const died = Promise.withResolvers<void>();
        portal.trouble.atSubmit = async (now) => {
          if (now !== when) return;
          await dying[Symbol.asyncDispose]();
          died.resolve();
          if (when === 'before') throw new Error('the connection broke before the portal read the form');
        };
        await assert.rejects(receipt.deliver());
        await died.promise;
        portal.trouble.atSubmit = async () => undefined;
        assert.equal((await runs.of(id))?.state, 'submitting');

        const ticket = await receipt.deliver({ step: receipt.makeStep(browsers), attempt: 2 });

        assert.equal(ticket.stage, 'COMPLETED');
        assert.equal(ticket.invoice?.recipient.taxId, us.taxId);
        assert.equal(portal.books.submissions.length, 1);
      });
    }
  }

  test('cut off at the submit of a portal that cannot be asked, a person decides', async (t) => {
    const receipt = await aReceipt(t, { recipe: (recipe) => ({ ...recipe, ask: [] }) });
    await receipt.runs.take({ ticketId: receipt.id, companyId: 'acme', recipeId: 'replica-asp' }, 'dead', 1);
    await receipt.runs.beginSubmit(receipt.id, 'dead');

    const ticket = await receipt.deliver();

    assert.equal(ticket.stage, 'HUMAN_REVIEW');
    assert.deepEqual(ticket.reasons, ['portal-unsure']);
    assert.equal(receipt.portal.books.submissions.length, 0);
  });

  test('without a fiscal profile the person is told how to give one', async (t) => {
    const { deliver, portal } = await aReceipt(t, { profile: null });

    const ticket = await deliver();

    assert.equal(ticket.error?.code, 'no-fiscal-profile');
    assert.deepEqual(portal.paths, []);
  });

  test('a doubtful total is not typed into a portal: what is missing is told by name', async (t) => {
    const { deliver, portal } = await aReceipt(t, { total: field('466.00', 0.7) });

    const ticket = await deliver();

    assert.equal(ticket.stage, 'HUMAN_REVIEW');
    assert.deepEqual(ticket.portal?.missing, [{ name: 'total', es: 'Total', en: 'Total' }]);
    assert.deepEqual(portal.paths, []);
  });

  test('what the portal refuses goes to a person in its words, and may be tried again when it is mended', async (t) => {
    const receipt = await aReceipt(t, { total: field('466.01') });

    const ticket = await receipt.deliver();

    assert.equal(ticket.stage, 'HUMAN_REVIEW');
    assert.deepEqual(ticket.reasons, ['portal_datos_invalidos']);
    assert.match(ticket.portal?.words ?? '', /total no coincide/);
    assert.equal((await receipt.runs.of(receipt.id))?.state, 'new');
  });

  test('an invoice for somebody else is refused and not kept', async (t) => {
    const receipt = await aReceipt(t);
    const { books } = receipt.portal;
    const invoice = books.invoice;
    books.invoice = (folio) => invoice(folio)?.replaceAll(us.taxId, 'XAXX010101000') ?? null;

    const ticket = await receipt.deliver();

    assert.equal(ticket.stage, 'HUMAN_REVIEW');
    assert.deepEqual(ticket.reasons, ['invoice-not-ours']);
    assert.equal(ticket.invoice, null);
    assert.equal(ticket.invoiceFiles, undefined);
  });

  test('a portal that is down is tried again, and in the end the person is told', async (t) => {
    const receipt = await aReceipt(t);
    receipt.portal.trouble.failFirst = 2;

    await assert.rejects(receipt.deliver(), { code: 'portal-unavailable' });
    assert.equal((await receipt.ticket()).stage, 'WEB_AUTOMATION');
    await assert.rejects(receipt.deliver({ attempt: 3, isLastAttempt: true }), { code: 'portal-unavailable' });

    assert.equal((await receipt.ticket()).error?.code, 'portal-unavailable');
  });

  test('a captcha that a person solves leads to the invoice', async (t) => {
    const receipt = await aReceipt(t, { captcha: async () => 'K7QXM' });
    receipt.portal.trouble.captcha = 'K7QXM';

    assert.equal((await receipt.deliver()).stage, 'COMPLETED');
  });
});
