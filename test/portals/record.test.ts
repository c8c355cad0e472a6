import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Locator } from 'playwright';
import { createBrowsers } from '../../src/portals/browsers.ts';
import { draftRecipe } from '../../src/portals/draft-recipe.ts';
import { recordActs } from '../../src/portals/record.ts';
import { visit } from '../../src/portals/visit.ts';
import { systemClock } from '../../src/system-clock.ts';
import { chromiumPath } from '../support/browser.ts';
import { aPortal } from '../support/portals/a-portal.ts';
import { ourProfile as us } from '../support/portals/our-profile.ts';

const sales = ['A-1234', 'A-5678'].map((folio) => ({ folio, total: '466.00', date: '2026-11-20' }));

test('what a person did once becomes a recipe that invoices the next ticket', {
  skip: chromiumPath ? false : 'SKIPPED: needs a Chromium (CHROMIUM_PATH)',
}, async (t) => {
  const portal = await aPortal(t, 'asp', sales);
  await using browsers = createBrowsers({ executablePath: chromiumPath, atOnce: 1, isSandboxed: false });
  const hosts = new Set([new URL(portal.url).host]);

  const acts = await browsers.use(hosts, async (page) => {
    const ended = Promise.withResolvers<void>();
    const recording = recordActs(page, portal.url, ended.promise);
    await leave(page.getByLabel('Folio'), 'A-1234');
    await leave(page.getByLabel('Total'), '466.00');
    await page.getByRole('button', { name: 'Buscar ticket' }).click();
    for (const [label, value] of [
      ['RFC', us.taxId],
      ['Razón social', us.name],
      ['Código postal', us.postalCode],
      ['Correo electrónico', us.email],
    ] as const)
      await leave(page.getByLabel(label), value);
    await page.getByLabel('Régimen fiscal').selectOption(us.regime);
    await page.getByLabel('Uso de CFDI').selectOption(us.cfdiUse);
    await page.getByRole('button', { name: 'Facturar' }).click();
    await page.getByText('se generó correctamente').waitFor();
    ended.resolve();
    return recording;
  });
  const recipe = draftRecipe(portal.url, acts, us);
  const values = { ticket: { value1: 'A-5678', value2: '466.00' }, recipient: { ...us } };
  const deps = {
    beforeSubmit: async () => undefined,
    solveCaptcha: async () => null,
    keepEvidence: async () => undefined,
    clock: systemClock,
    signal: new AbortController().signal,
  };
  const outcomes = [{ outcome: 'ok' as const, text: 'se generó correctamente' }];
  const again = { recipe: { ...recipe, outcomes }, steps: recipe.steps, values };
  const { outcome } = await browsers.use(hosts, (page) => visit(page, again, deps));

  assert.deepEqual(
    recipe.ticket.map(({ label }) => label.es),
    ['Folio', 'Total'],
  );
  assert.deepEqual(
    recipe.steps.flatMap((step) => ('value' in step ? [step.value] : [])).slice(2),
    ['taxId', 'name', 'postalCode', 'email', 'regime', 'cfdiUse'].map((name) => `{{recipient.${name}}}`),
  );
  assert.equal(recipe.verifiedLive, 'no');
  assert.equal(outcome, 'ok');
  assert.deepEqual(
    portal.books.submissions.map(({ folio }) => folio),
    ['A-1234', 'A-5678'],
  );
});

/** As a person does, who goes on to the next field. */
async function leave(field: Locator, value: string): Promise<void> {
  await field.fill(value);
  await field.blur();
}
