import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { createBrowsers } from '../../src/portals/browsers.ts';
import type { Recipe } from '../../src/portals/recipe.ts';
import { type Evidence, type VisitResult, visit } from '../../src/portals/visit.ts';
import { systemClock } from '../../src/system-clock.ts';
import { chromiumPath } from '../support/browser.ts';
import { aPortal, type Portal, type PortalStyle } from '../support/portals/a-portal.ts';
import { ourProfile as recipient } from '../support/portals/our-profile.ts';
import { aPdf } from '../support/portals/portal-books.ts';
import { replicaRecipe } from '../support/portals/replica-recipes.ts';

const sale = { folio: 'A-1234', total: '466.00', date: '2026-11-20' };
const expired = { folio: 'A-0001', total: '50.00', date: '2026-01-02', isExpired: true };
const styles: PortalStyle[] = ['asp', 'jsf', 'spa'];

describe('a visit to a portal, with a real Chromium', {
  skip: chromiumPath ? false : 'SKIPPED: needs a Chromium (CHROMIUM_PATH)',
}, () => {
  const browsers = createBrowsers({ executablePath: chromiumPath, atOnce: 2, isSandboxed: false });
  after(() => browsers[Symbol.asyncDispose]());

  interface Trip {
    folio?: string;
    total?: string;
    who?: Partial<typeof recipient>;
    steps?: 'steps' | 'ask';
    captcha?: string | null;
    evidence?: Evidence[];
    change?: (recipe: Recipe) => Recipe;
    onSubmit?: () => Promise<void>;
  }

  function go(portal: Portal, style: PortalStyle, trip: Trip = {}): Promise<VisitResult> {
    const { folio = sale.folio, total = sale.total, who = {}, steps = 'steps', captcha = null } = trip;
    const recipe = (trip.change ?? ((same) => same))(replicaRecipe(style, portal.url));
    const values = { ticket: { folio, total }, recipient: { ...recipient, ...who } };
    const deps = {
      beforeSubmit: trip.onSubmit ?? (async () => undefined),
      solveCaptcha: async () => captcha,
      keepEvidence: async (evidence: Evidence) => void trip.evidence?.push(evidence),
      clock: systemClock,
      signal: new AbortController().signal,
    };
    const hosts = new Set([new URL(portal.url).host]);
    return browsers.use(hosts, (page) => visit(page, { recipe, steps: recipe[steps], values }, deps));
  }

  for (const style of styles) {
    test(`${style}: the ticket's data go in, CFDI and PDF come out, once`, async (t) => {
      const portal = await aPortal(t, style, [sale]);
      const evidence: Evidence[] = [];

      const { outcome, files } = await go(portal, style, { evidence });

      assert.equal(outcome, 'ok');
      assert.deepEqual(
        files.map(({ kind }) => kind),
        ['xml', 'pdf'],
      );
      assert.match(Buffer.from(files[0]?.bytes ?? '').toString(), /Rfc="EKU9003173C9"/);
      assert.deepEqual(Buffer.from(files[1]?.bytes ?? ''), aPdf);
      assert.equal(portal.books.submissions.length, 1);
      assert.ok(evidence.every(({ picture }) => picture[0] === 0xff && picture[1] === 0xd8));
      assert.ok(evidence.some(({ step, text }) => step.endsWith('submit') && text.includes('se generó correctamente')));
    });

    test(`${style}: every ending that the portal tells is told on`, async (t) => {
      const portal = await aPortal(t, style, [sale, expired]);
      const of = async (trip: Trip) => (await go(portal, style, trip)).outcome;

      assert.equal(await of({ folio: 'Z-9999' }), 'ticket_no_encontrado');
      assert.equal(await of({ total: '466.01' }), 'datos_invalidos');
      assert.equal(await of({ folio: expired.folio, total: expired.total }), 'ticket_vencido');
      assert.equal(await of({ who: { name: 'ESCUELA KEMPER URGATE SA DE CV' } }), 'datos_invalidos');
      assert.equal(await of({}), 'ok');
      assert.equal(await of({}), 'ya_facturado');
    });

    test(`${style}: an invoice that was made before is fetched without making another`, async (t) => {
      const portal = await aPortal(t, style, [sale]);
      assert.equal((await go(portal, style, { steps: 'ask' })).outcome, 'no_facturado');
      await go(portal, style);

      const { outcome, files } = await go(portal, style, { steps: 'ask' });

      assert.equal(outcome, 'ok');
      assert.equal(files[0]?.kind, 'xml');
      assert.equal(portal.books.submissions.length, 1);
    });
  }

  test('a slow portal is waited for, also when the next page has the same button', async (t) => {
    const portal = await aPortal(t, 'jsf', [sale]);
    portal.trouble.slowMs = 700;

    assert.equal((await go(portal, 'jsf')).outcome, 'ok');
  });

  test('a captcha is shown to a person, whose answer goes on; unanswered, nothing was submitted', async (t) => {
    const portal = await aPortal(t, 'asp', [sale]);
    portal.trouble.captcha = 'K7QXM';

    assert.equal((await go(portal, 'asp')).outcome, 'captcha');
    assert.equal(portal.books.submissions.length, 0);
    assert.equal((await go(portal, 'asp', { captcha: 'K7QXM' })).outcome, 'ok');
  });

  test('a portal that answers with an error is tried later', async (t) => {
    const portal = await aPortal(t, 'asp', [sale]);
    portal.trouble.failFirst = 1;

    await assert.rejects(go(portal, 'asp'), { code: 'portal-unavailable', recovery: 'retry' });
    assert.equal((await go(portal, 'asp')).outcome, 'ok');
  });

  test('a portal that changed its form is told as such, with a picture of it, and nothing is submitted', async (t) => {
    const portal = await aPortal(t, 'asp', [sale]);
    portal.trouble.isChanged = true;
    const evidence: Evidence[] = [];
    const change = (recipe: Recipe) => ({ ...recipe, stepTimeoutMs: 600 });

    await assert.rejects(go(portal, 'asp', { evidence, change }), { code: 'portal-changed', recovery: 'review' });

    assert.match(evidence.at(-1)?.text ?? '', /Transacción/);
    assert.equal(portal.books.submissions.length, 0);
  });

  test('when the submit may not be made, nothing is clicked', async (t) => {
    const portal = await aPortal(t, 'spa', [sale]);
    const onSubmit = () => Promise.reject(new Error('somebody else has it'));

    await assert.rejects(go(portal, 'spa', { onSubmit }), /somebody else/);

    assert.equal(portal.books.submissions.length, 0);
  });

  test('a page may load from its own portal only', async (t) => {
    const elsewhere = await aPortal(t, 'asp', []);
    const portal = await aPortal(t, 'asp', [sale]);

    await browsers.use(new Set([new URL(portal.url).host]), async (page) => {
      await page.goto(portal.url);
      const got = await page.evaluate((url) => fetch(url, { mode: 'no-cors' }).then(String, String), elsewhere.url);
      assert.match(got, /Failed to fetch/);
    });

    assert.deepEqual(elsewhere.paths, []);
  });
});
