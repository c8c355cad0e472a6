import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import type { PublishedState } from '../../src/store/channel-states.ts';
import { adminKey, anApi } from '../support/api.ts';
import { aBrowser, aPage, chromiumPath } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';

const pageDir = join(import.meta.dirname, '../../dist/web');
const missing = [
  ...(chromiumPath ? [] : ['a Chromium (CHROMIUM_PATH)']),
  ...(existsSync(join(pageDir, 'index.html')) ? [] : ['the built page (npx vite build web)']),
];

/** The API with four channels that another process has told of. */
async function aHarbour(t: TestContext) {
  const { api, operations, clock } = await anApi(t, { pageDir });
  const now = clock.now();
  const publish = (state: Pick<PublishedState, 'name' | 'status'> & Partial<PublishedState>) =>
    operations.states.publish({
      ...{ instance: 'host:1', since: now, seenAt: clock.now(), lastError: null, link: null, canUnlink: false },
      ...state,
    });
  await publish({ name: 'webchat', status: 'receiving' });
  await publish({ name: 'inbox', status: 'stopped' });
  await publish({ name: 'telegram', status: 'retrying', lastError: '401: Unauthorized' });
  await publish({ name: 'whatsapp', status: 'linking', link: { qr: '2@first' }, canUnlink: true });
  const address = await api.listen({ host: '127.0.0.1', port: 0 });
  return { address: `${address}/canales`, publish, operations };
}

describe('the page for linking in a real browser', {
  skip: missing.length > 0 && `SKIPPED: needs ${missing.join(' and ')}`,
}, () => {
  const browser = aBrowser();

  test('it wants the administrator’s key, says when it is wrong, and shows the QR code, which follows the channel', async (t) => {
    const { address, publish } = await aHarbour(t);
    const { page } = await aPage(t, await browser(), address);
    const enter = async (key: string) => {
      await page.getByLabel('Clave', { exact: true }).fill(key);
      await page.getByRole('button', { name: 'Entrar' }).click();
    };

    await enter('wrong');
    await page.getByText('Esa clave no es válida.').waitFor();
    await enter(adminKey);

    const qr = page.getByRole('img', { name: 'Código QR para vincular WhatsApp' });
    await qr.waitFor();
    const first = await qr.getAttribute('src');
    await eventually(() => qr.evaluate((image: HTMLImageElement) => image.naturalWidth > 0), true);
    await page.getByText('401: Unauthorized').waitFor();
    await publish({ name: 'whatsapp', status: 'linking', link: { qr: '2@second' }, canUnlink: true });
    await eventually(async () => (await qr.getAttribute('src')) !== first, true);
    await publish({ name: 'whatsapp', status: 'receiving', canUnlink: true });
    await page.locator('[data-channel=whatsapp][data-status=receiving]').waitFor();
    assert.equal(await qr.count(), 0);
  });

  test('a channel is stopped with one press and unlinked with two; the key is gone with the tab', async (t) => {
    const { address, operations } = await aHarbour(t);
    const { page, complaints } = await aPage(t, await browser(), address);
    await page.getByLabel('Clave', { exact: true }).fill(adminKey);
    await page.getByRole('button', { name: 'Entrar' }).click();
    const whatsapp = page.locator('[data-channel=whatsapp]');

    await whatsapp.getByRole('button', { name: 'Detener' }).click();
    await whatsapp.getByRole('button', { name: 'Iniciar' }).waitFor();
    await whatsapp.getByRole('button', { name: 'Desvincular' }).click();
    assert.equal((await operations.orders.list()).get('whatsapp')?.isToUnlink, false);
    await whatsapp.getByRole('button', { name: '¿Seguro? Desvincular' }).click();

    const order = async () => (await operations.orders.list()).get('whatsapp');
    await eventually(order, { isStopped: true, isToUnlink: true });
    assert.deepEqual(complaints, []);
    const other = await page.context().newPage();
    await other.goto(address);
    await other.getByLabel('Clave', { exact: true }).waitFor();
  });
});
