import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { chooseRecipe } from '../../src/portals/choose-recipe.ts';
import { daysLeft, lastDay } from '../../src/portals/deadline.ts';
import { loadRecipes } from '../../src/portals/load-recipes.ts';
import { fillTemplate } from '../../src/portals/template.ts';
import { ticketValues } from '../../src/portals/ticket-values.ts';
import { ourProfile as recipient } from '../support/portals/our-profile.ts';

const ours = join(import.meta.dirname, '../../config/portals');
const merchantsDir = join(import.meta.dirname, '../../config/merchants');
const field = (value: string, confidence = 0.97) => ({ value, confidence, box: null, source: 'test' });

test('every recipe of ours can be used, names merchants of the catalogue and claims no more than is known', async () => {
  const { recipes, problems } = await loadRecipes([ours]);

  assert.deepEqual(problems, []);
  assert.equal(recipes.length, 11);
  for (const { id, merchants, verifiedLive, steps, outcomes } of recipes) {
    assert.equal(verifiedLive, 'no', id);
    assert.equal(steps.filter(({ do: what }) => what === 'submit').length, 1, id);
    assert.ok(
      outcomes.some(({ outcome }) => outcome === 'ok'),
      id,
    );
    for (const merchant of merchants) {
      const known = JSON.parse(await readFile(join(merchantsDir, `${merchant}.json`), 'utf8'));
      assert.equal(known.id, merchant);
    }
  }
});

test('every value that a recipe of ours types is one that it asks for', async () => {
  const { recipes } = await loadRecipes([ours]);

  for (const { id, ticket, steps, ask } of recipes) {
    const given = Object.fromEntries(
      ticket.map(({ name }) => [name, name === 'saleDate' ? '2026-11-20' : '2026-11-20']),
    );
    const typed = [...steps, ...ask].flatMap((step) => ('value' in step ? [step.value] : []));
    const filled = typed.map((value) => fillTemplate(value, { ticket: given, recipient: { ...recipient } }));
    assert.ok(
      filled.every((value) => !value.includes('{{')),
      id,
    );
  }
});

test('a recipe of the folder replaces ours of the same id; a broken one is told and the others go on', async (t) => {
  const dir = await aFolder(t);
  const oxxo = JSON.parse(await readFile(join(ours, 'oxxo.json'), 'utf8'));
  await writeFile(
    join(dir, 'oxxo.json'),
    JSON.stringify({ ...oxxo, url: 'https://oxxo.example/', verifiedLive: '2026-12-01' }),
  );
  await writeFile(join(dir, 'broken.json'), '{"id":"x"}');
  await writeFile(
    join(dir, 'pattern.json'),
    JSON.stringify({ ...oxxo, id: 'p', outcomes: [{ outcome: 'ok', text: '(' }] }),
  );

  const { recipes, problems } = await loadRecipes([ours, dir, join(dir, 'not-there')]);

  assert.equal(recipes.find(({ id }) => id === 'oxxo')?.url, 'https://oxxo.example/');
  assert.equal(recipes.length, 11);
  assert.deepEqual(
    problems.map(({ path }) => path),
    [join(dir, 'broken.json'), join(dir, 'pattern.json')],
  );
});

test('the address on the ticket leads to its portal, else the merchant does', async () => {
  const { recipes } = await loadRecipes([ours]);
  const chosen = (merchantId: string | null, text: string) => chooseRecipe(recipes, { merchantId, text })?.id;

  assert.equal(chosen('oxxo', 'GRACIAS POR SU COMPRA'), 'oxxo');
  assert.equal(chosen(null, 'Factura en www.office\ndepot.com.mx'), 'office-depot');
  assert.equal(chosen('oxxo', 'facturacion.walmartmexico.com.mx'), 'walmart');
  assert.equal(chosen('chedraui', 'soriana.com y chedraui.com.mx'), 'chedraui');
  assert.equal(chosen(null, 'soriana.com y chedraui.com.mx'), undefined);
  assert.equal(chosen('la-fonda', 'TOTAL 100.00'), undefined);
});

test('what the portal wants is taken from the ticket as it prints it, never from a doubtful reading', async () => {
  const { recipes } = await loadRecipes([ours]);
  const walmart = recipes.find(({ id }) => id === 'walmart');
  const oxxo = recipes.find(({ id }) => id === 'oxxo');
  assert.ok(walmart && oxxo);
  const text = 'WALMART\nTC# 5731 2874 1029 3847 5610 2\nTR# 04512';

  const found = ticketValues(walmart, { ticket: { fields: {} }, text, recipient });
  const doubtful = ticketValues(oxxo, {
    ticket: { fields: { date: field('2026-11-20'), total: field('50.00', 0.6) } },
    text: 'FOLIO VENTA: 184467',
    recipient,
  });
  const typed = ticketValues(oxxo, {
    ticket: { fields: { date: field('2026-11-20') } },
    text: 'FOLIO VENTA: 184467',
    recipient,
    given: { total: '50.00', saleId: '10AB99' },
  });

  assert.deepEqual(found.values.ticket, { tc: '573128741029384756102', tr: '04512' });
  assert.deepEqual(found.missing, []);
  assert.deepEqual(
    doubtful.missing.map(({ name }) => name),
    ['saleId', 'total'],
  );
  assert.deepEqual(typed.missing, []);
});

test('templates write dates, amounts and parts as a form wants them', () => {
  const values = { ticket: { date: '2026-11-05', total: '1234.5', code: 'ABCD1234' }, recipient: {} };

  assert.equal(fillTemplate('{{ticket.date|dd/MM/yyyy}}', values), '05/11/2026');
  assert.equal(fillTemplate('{{ ticket.total | int }}.{{ticket.total|cents}}', values), '1234.50');
  assert.equal(
    fillTemplate('{{ticket.code|start:4}}-{{ticket.code|end:2}}-{{ticket.code|slice:4:6}}', values),
    'ABCD-34-12',
  );
  assert.throws(() => fillTemplate('{{ticket.none}}', values), /does not ask for/);
});

test('the last day counts in the months of the calendar', () => {
  assert.equal(lastDay({ until: 'end-of-month', plusDays: 0 }, '2026-02-03'), '2026-02-28');
  assert.equal(lastDay({ until: 'end-of-next-month' }, '2026-12-31'), '2027-01-31');
  assert.equal(lastDay({ until: 'days', days: 30 }, '2026-11-20'), '2026-12-20');
  assert.equal(daysLeft({ until: 'end-of-month', plusDays: 0 }, '2026-11-20', '2026-11-27'), 3);
  assert.equal(daysLeft({ until: 'end-of-month', plusDays: 0 }, '2026-11-20', '2026-12-01'), -1);
});

async function aFolder(t: TestContext): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'recibot-portals-'));
  t.after(() => rm(dir, { recursive: true }));
  return dir;
}
