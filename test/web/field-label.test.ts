import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { aBrowser, chromiumPath } from '../support/browser.ts';

const browser = aBrowser();
const skip = chromiumPath ? false : 'no Chromium here: see CHROMIUM_PATH';

test('a label beside its badge breaks between words only, and the badge goes under it', { skip }, async (t) => {
  const page = await (await browser()).newPage();
  t.after(() => page.close());
  const [card, base] = await Promise.all(
    ['card/answer-card.module.css', 'page.css'].map((name) => readFile(`web/src/${name}`, 'utf8')),
  );

  await page.setContent(`<style>${base}${card}</style><div style="width: 110px; font-family: sans-serif">
    <span class="label">Identificación fiscal<span class="doubtful">Revisa</span></span></div>`);

  const lines = await page.evaluate(() => {
    const text = document.querySelector('.label')?.firstChild;
    if (!text) return [];
    const range = document.createRange();
    const tops = [...(text.textContent ?? '')].map((letter, at) => {
      range.setStart(text, at);
      range.setEnd(text, at + 1);
      return { letter, top: Math.round(range.getBoundingClientRect().top) };
    });
    const word = tops.slice(0, 'Identificación'.length);
    return [...new Set(word.map(({ top }) => top))];
  });
  const badge = await page.locator('.doubtful').boundingBox();
  if (process.env.SHOT) await page.screenshot({ path: process.env.SHOT, clip: { x: 0, y: 0, width: 220, height: 90 } });

  assert.equal(lines.length, 1);
  assert.ok(badge && badge.x + badge.width <= 8 + 110);
});
