import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright';
import { aBrowser, aPage, chromiumPath } from '../support/browser.ts';
import { type RunningService, startServiceProcess } from '../support/process-service.ts';
import { aPurchase, aReceiptPicture } from '../support/receipt-picture.ts';

const root = join(import.meta.dirname, '../..');
const ticket = join(root, 'web/public/samples/ticket-mexico.jpg');
const isBuilt = existsSync(join(root, 'dist/web/index.html'));

const missing = [
  ...(chromiumPath ? [] : ['a Chromium (CHROMIUM_PATH)']),
  ...(isBuilt ? [] : ['the built page (npx vite build web)']),
];

describe('the web chat in a real browser', {
  skip: missing.length > 0 && `SKIPPED: needs ${missing.join(' and ')}`,
}, () => {
  const browser = aBrowser();
  let dataDir: string;
  let service: RunningService;

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'recibot-e2e-'));
    service = await startServiceProcess(dataDir);
  });
  after(async () => {
    await service.stop();
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  });

  test('a newcomer clicks a sample, sees the stages live and gets the total, which a reload keeps', async (t) => {
    const { page, complaints } = await aPage(t, await browser(), service.address);
    await page.getByRole('heading', { name: 'Hola, soy Recibot' }).waitFor();
    await watchStages(page);

    await page.getByRole('button', { name: 'Ticket de México' }).click();

    const card = cards(page).first();
    await card.waitFor();
    assert.equal(await total(card), '$466.00');
    assert.equal(await card.locator('[data-field=taxId]').textContent(), 'Identificación fiscalLGS190312KTA');
    assert.ok((await seenStages(page)).length > 0, 'no stage was shown');
    await page.reload();
    await cards(page).first().waitFor();
    assert.equal(await total(cards(page).first()), '$466.00');
    assert.deepEqual(complaints, []);
  });

  test('a receipt dropped on the page is answered, and a second time it is a duplicate that leads to the first', async (t) => {
    const { page } = await aPage(t, await browser(), service.address);
    await page.getByRole('heading', { name: 'Hola, soy Recibot' }).waitFor();

    await drop(page, '/samples/boleta-chile.jpg');
    await cards(page).first().waitFor();
    await drop(page, '/samples/boleta-chile.jpg');
    await cards(page).nth(1).waitFor();

    assert.equal(await total(cards(page).first()), '$19.990');
    const copy = cards(page).nth(1);
    assert.equal(await copy.getAttribute('data-stage'), 'DUPLICATE');
    assert.match((await copy.textContent()) ?? '', /Ya lo habías enviado/);
    await copy.getByRole('button', { name: 'Ver el primero' }).click();
    await inSight(cards(page).first());
  });

  test('a file that Recibot cannot read is told so in the chat, and stays told', async (t) => {
    const { page } = await aPage(t, await browser(), service.address);

    await choose(page, { name: 'nota.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('esto no es una foto') });

    const told = page.getByText('No es una imagen, un PDF', { exact: false });
    await told.waitFor();
    await page.reload();
    await told.waitFor();
  });

  test('English is one click away, for the page and for what was answered, and is remembered', async (t) => {
    const { page } = await aPage(t, await browser(), service.address);
    await choose(page, ticket);
    await cards(page).first().waitFor();

    await page.getByText('EN', { exact: true }).click();

    await page.getByText('Tax ID').first().waitFor();
    assert.equal(await page.locator('html').getAttribute('lang'), 'en');
    await page.reload();
    await page.getByPlaceholder('Write a message').waitFor();
  });

  test('pointing at a field shows where on the document it stands', async (t) => {
    const { page } = await aPage(t, await browser(), service.address);
    await choose(page, ticket);
    await cards(page).first().waitFor();
    // The ticket came before in another chat: the answer carries what was read then.
    const folio = cards(page).first().locator('[data-field=folio]');

    await folio.hover();

    await page.locator('[data-active] >> text=Folio').last().waitFor();
  });

  test('what is sent while the service is away leaves when it is back, once', async (t) => {
    const { page } = await aPage(t, await browser(), service.address);
    await page.getByRole('heading', { name: 'Hola, soy Recibot' }).waitFor();
    const blocked = '**/api/webchat/documents*';
    await page.route(blocked, (route) => route.abort());
    await choose(page, join(root, 'web/public/samples/pago-movil-venezuela.png'));
    const again = page.getByRole('button', { name: 'Reintentar ahora' });
    await again.waitFor();

    await page.unroute(blocked);
    await again.click().catch(() => undefined); // it may have tried again by itself meanwhile

    await cards(page).first().waitFor();
    assert.equal(await cards(page).count(), 1);
    assert.match(await total(cards(page).first()), /1\.850,00/);
  });

  test('a phone sees everything without scrolling sideways, and has a button for its camera', async (t) => {
    const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };
    const { page } = await aPage(t, await browser(), service.address, phone);
    await page.getByRole('heading', { name: 'Hola, soy Recibot' }).waitFor();
    const widths = [await overflow(page)];

    await choose(page, ticket);
    await cards(page).first().waitFor();
    widths.push(await overflow(page));

    assert.deepEqual(widths, [0, 0]);
    assert.equal(await page.getByRole('button', { name: 'Tomar foto' }).isVisible(), true);
    assert.equal(await page.locator('input[capture=environment]').count(), 1);
  });

  test('everything that can be used has a name, every picture a text, and the page a language and landmarks', async (t) => {
    const { page } = await aPage(t, await browser(), service.address);
    await choose(page, ticket);
    await cards(page).first().waitFor();

    assert.deepEqual(await unnamed(page), []);
    assert.equal(await page.getByRole('main').count(), 1);
    assert.equal(await page.getByRole('navigation').count(), 1);
    assert.equal(await page.getByRole('log').count(), 1);
  });

  test('a chat can be used by keyboard alone', async (t) => {
    const { page } = await aPage(t, await browser(), service.address);
    const sample = page.getByRole('button', { name: 'Pago móvil de Venezuela' });
    await sample.waitFor();

    for (let tabs = 0; tabs < 20 && !(await isFocused(sample)); tabs += 1) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');

    await cards(page).first().waitFor();
  });

  test('what is written is answered, its buttons work, and another tab shows the same', async (t) => {
    const { page, complaints } = await aPage(t, await browser(), service.address);
    const box = page.getByRole('textbox', { name: 'Mensaje para Recibot' });
    await box.fill('idioma');
    await page.keyboard.press('Enter');
    await page.getByText('¿En qué idioma te escribo?').waitFor();

    await page.getByRole('button', { name: 'Português' }).click();
    await page.getByText('Combinado, escrevo em português.').waitFor();
    await page.getByPlaceholder('Escreva uma mensagem').fill('obrigado');
    await page.keyboard.press('Enter');
    await page.getByText('De nada!').waitFor();

    assert.equal(await page.locator('html').getAttribute('lang'), 'pt');
    const tab = await page.context().newPage();
    await tab.goto(service.address);
    await tab.getByText('De nada!').waitFor();
    assert.equal(await tab.getByText('¿En qué idioma te escribo?').count(), 1);
    assert.deepEqual(await unnamed(page), []);
    assert.deepEqual(complaints, []);
  });

  test('a document is corrected from its card, and the card shows it', async (t) => {
    const { page } = await aPage(t, await browser(), service.address);
    const buffer = await aReceiptPicture(aPurchase(9).rows);
    await choose(page, { name: 'compra.png', mimeType: 'image/png', buffer });
    await cards(page).first().waitFor();

    await cards(page).first().getByRole('button', { name: 'Corregir' }).click();
    await page.getByRole('button', { name: 'Folio', exact: true }).last().click();
    await page.getByText('Folio: escribe el valor correcto').waitFor();
    await page.getByRole('textbox').fill('A-77');
    await page.keyboard.press('Enter');

    await page.getByText('Corregido. Folio: A-77').waitFor();
    await cards(page).first().locator('[data-field=folio]').getByText('A-77').waitFor();
  });
});

function cards(page: Page): Locator {
  return page.locator('article[data-ticket]');
}

async function total(card: Locator): Promise<string> {
  return (await card.locator('[data-field=total], [data-field=monto]').first().textContent()) ?? '';
}

async function choose(page: Page, file: Parameters<Page['setInputFiles']>[1]): Promise<void> {
  await page.locator('input[type=file][multiple]').last().setInputFiles(file);
}

/** Lets a file of the page's own fall on it, as from the desktop. */
async function drop(page: Page, url: string): Promise<void> {
  const data = await page.evaluateHandle(async (from) => {
    const transfer = new DataTransfer();
    const bytes = await (await fetch(from)).blob();
    transfer.items.add(new File([bytes], 'recibo.jpg', { type: 'image/jpeg' }));
    return transfer;
  }, url);
  await page.dispatchEvent('body', 'dragenter', { dataTransfer: data });
  const zone = page.getByText('Suelta aquí tus recibos');
  await zone.waitFor();
  await zone.dispatchEvent('drop', { dataTransfer: data });
}

/** Notes every stage that the tracker shows from now on. */
async function watchStages(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(window, { seenStages: seen });
    new MutationObserver(() => {
      const stage = document.querySelector('[data-stage][role=status]')?.getAttribute('data-stage');
      if (stage && seen.at(-1) !== stage) seen.push(stage);
    }).observe(document.body, { subtree: true, childList: true, attributes: true });
  });
}

function seenStages(page: Page): Promise<string[]> {
  return page.evaluate(() => ('seenStages' in window && Array.isArray(window.seenStages) ? window.seenStages : []));
}

/** Pixels by which the widest thing is wider than the screen. */
function overflow(page: Page): Promise<number> {
  return page.evaluate(() => {
    const boxes = [document.documentElement, ...document.querySelectorAll('section')];
    return Math.max(...boxes.map((box) => box.scrollWidth - box.clientWidth));
  });
}

function unnamed(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const used = [...document.querySelectorAll('button, a[href], input:not([type=hidden])')].filter(
      (element) => !element.closest('[aria-hidden=true]') && getComputedStyle(element).display !== 'none',
    );
    const isNamed = (element: Element) =>
      [element.textContent, element.getAttribute('aria-label'), element.getAttribute('title')].some((text) =>
        text?.trim(),
      ) ||
      (element instanceof HTMLInputElement && (element.labels?.length ?? 0) > 0) ||
      element.querySelector('[aria-label]') !== null;
    const pictures = [...document.images].filter((image) => !image.hasAttribute('alt'));
    return [...used.filter((element) => !isNamed(element)), ...pictures].map((element) =>
      element.outerHTML.slice(0, 200),
    );
  });
}

function isFocused(locator: Locator): Promise<boolean> {
  return locator.evaluate((element) => element === document.activeElement);
}

async function inSight(locator: Locator): Promise<void> {
  const handle = await locator.elementHandle();
  await locator.page().waitForFunction((element) => {
    const top = element?.getBoundingClientRect().top ?? -1;
    return top >= 0 && top < window.innerHeight;
  }, handle);
}
