import type { Locator, Page } from 'playwright';
import { Failure } from '../domain/failure.ts';

/** Leaves the field afterwards, as a person does: older portals post a field when it is left. */
export async function fill(at: Locator, value: string): Promise<void> {
  await at.fill(value);
  await at.blur();
}

/** A list of the browser, or one that the page draws: opened by a click, its choices have the role `option`. */
export async function choose(page: Page, at: Locator, value: string): Promise<void> {
  const isList = await at.evaluate((element) => element.tagName === 'SELECT');
  if (!isList) {
    await at.click();
    await page.getByRole('option').filter({ hasText: value }).first().click();
    return;
  }
  const options = await at.locator('option').evaluateAll((all) =>
    all.map((option) => ({
      value: option.getAttribute('value') ?? option.textContent ?? '',
      label: option.textContent ?? '',
    })),
  );
  const wanted = value.toLowerCase();
  const fits = ({ value: code, label }: { value: string; label: string }) =>
    [code, label].some((text) => text.trim().toLowerCase() === wanted);
  const begins = ({ value: code, label }: { value: string; label: string }) =>
    [code, label].some((text) => text.trim().toLowerCase().startsWith(wanted));
  const chosen = options.find(fits) ?? options.find(begins);
  if (!chosen) throw new Failure('portal-changed', 'review', `no choice ${value} in the list`);
  await at.selectOption({ value: chosen.value });
}
