import type { Locator, Page } from 'playwright';
import type { Clock } from '../domain/clock.ts';
import { Failure } from '../domain/failure.ts';
import type { PortalOutcome } from '../domain/portal.ts';
import { download, type PortalFile } from './download.ts';
import { choose, fill } from './fill-in.ts';
import { createPageReader, type Sign } from './page-reader.ts';
import { createQuiet } from './quiet.ts';
import type { Recipe, Step, Target } from './recipe.ts';
import { fillTemplate, type TemplateValues } from './template.ts';

const pollMs = 100;

/** What the portal showed after a step, for whoever has to see why. */
export interface Evidence {
  /** `3 submit`: position from 1, and what was done. */
  step: string;
  url: string;
  /** JPEG of what a person would have seen. */
  picture: Uint8Array;
  text: string;
}

export interface VisitDeps {
  /** Called before the click that makes the invoice; when it throws, nothing is clicked. */
  beforeSubmit(): Promise<void>;
  /** Shows a person the picture (PNG); what they typed, or null when nobody answered in time. */
  solveCaptcha(picture: Uint8Array): Promise<string | null>;
  keepEvidence(evidence: Evidence): Promise<void>;
  clock: Clock;
  signal: AbortSignal;
}

export interface VisitResult {
  outcome: PortalOutcome;
  /** The portal's own words, where it gave some. */
  words: string | null;
  files: PortalFile[];
}

/** A step that could not be done because the page said how it ended. */
class Ended extends Error {
  readonly sign: Sign;
  constructor(sign: Sign) {
    super(sign.outcome);
    this.sign = sign;
  }
}

/**
 * Does the `steps` of a recipe on a page, the first of which opens it, until they end or the page shows an outcome. `ok` counts
 * only after a submit, and the steps after it still fetch the files.
 * @throws {Failure} `portal-unavailable` (the portal does not answer, or with an error), `portal-changed` (a step's target is not there).
 */
export async function visit(
  page: Page,
  { recipe, steps, values }: { recipe: Recipe; steps: readonly Step[]; values: TemplateValues },
  deps: VisitDeps,
): Promise<VisitResult> {
  const { clock, signal } = deps;
  const reader = createPageReader(page, recipe.outcomes);
  const settle = createQuiet(page, clock);
  const files: PortalFile[] = [];
  let success = null as Sign | null; // set in `ending`, which the compiler does not see
  let hasSubmitted = false;
  page.setDefaultTimeout(recipe.stepTimeoutMs);
  signal.addEventListener('abort', () => page.close().catch(() => undefined), { once: true });

  /** An outcome that ends the visit; `ok` does not. */
  async function ending(): Promise<Sign | null> {
    if (page.isClosed()) throw new Failure('browser-unavailable', 'retry', `${recipe.id}: the page was closed`);
    const sign = await reader.sign();
    if (sign?.outcome !== 'ok') return sign;
    if (hasSubmitted) success = sign;
    return null;
  }

  /** The target as soon as it is there. Null when it is optional and the page is complete without it. */
  async function locate(target: Target, isOptional: boolean): Promise<Locator | null> {
    const endMs = clock.now().getTime() + recipe.stepTimeoutMs;
    for (;;) {
      signal.throwIfAborted();
      const found = await reader.find(target);
      if (found) return found;
      const sign = await ending();
      if (sign) throw new Ended(sign);
      if (isOptional) return null;
      if (clock.now().getTime() > endMs)
        throw new Failure('portal-changed', 'review', `${recipe.id}: ${target} is not there`);
      await clock.sleep(pollMs, signal);
    }
  }

  async function awaitOutcome(): Promise<void> {
    const endMs = clock.now().getTime() + recipe.stepTimeoutMs * 2;
    while (!success && clock.now().getTime() < endMs) {
      const sign = await ending();
      if (sign) throw new Ended(sign);
      if (!success) await clock.sleep(pollMs, signal);
    }
    if (!success) throw new Ended({ outcome: 'reintentar_despues', words: '' });
  }

  async function open(path: string): Promise<void> {
    const url = new URL(path, recipe.url);
    const response = await page.goto(url.href, { waitUntil: 'domcontentloaded' });
    const status = response?.status() ?? 0;
    if (status >= 500 || status === 429)
      throw new Failure('portal-unavailable', 'retry', `${recipe.id}: HTTP ${status}`);
    await settle(recipe.stepTimeoutMs);
  }

  async function perform(step: Step): Promise<void> {
    if (step.do === 'open') return open(fillTemplate(step.path, values));
    const isOptional = step.do !== 'submit' && step.optional;
    const at = await locate(step.at, isOptional);
    if (!at) return;
    if (step.do === 'fill') return fill(at, fillTemplate(step.value, values));
    if (step.do === 'choose') return choose(page, at, fillTemplate(step.value, values));
    if (step.do === 'check') return at.check();
    if (step.do === 'click') return press(at);
    if (step.do === 'captcha') return solve(step.picture, at);
    if (step.do === 'submit') return submit(at);
    if (step.do === 'download') files.push(await download(page, at, step.kind));
  }

  async function press(at: Locator): Promise<void> {
    reader.forgetDialogs();
    await at.click();
    await settle(recipe.stepTimeoutMs);
  }

  async function submit(at: Locator): Promise<void> {
    await deps.beforeSubmit();
    hasSubmitted = true;
    await press(at);
    await awaitOutcome();
  }

  async function solve(picture: Target, at: Locator): Promise<void> {
    const image = await locate(picture, false);
    const answer = image && (await deps.solveCaptcha(await image.screenshot({ type: 'png' })));
    if (!answer) throw new CaptchaUnanswered();
    await fill(at, answer);
  }

  async function record(step: string): Promise<void> {
    const picture = await page.screenshot({ type: 'jpeg', quality: 60 });
    await deps.keepEvidence({ step, url: page.url(), picture, text: await reader.text() });
  }

  try {
    for (const [index, step] of steps.entries()) {
      await perform(step);
      if (isWorthSeeing(step)) await record(`${index + 1} ${step.do}`);
      const sign = isWorthSeeing(step) ? await ending() : null;
      if (sign) throw new Ended(sign);
    }
    return { outcome: 'ok', words: success?.words ?? null, files };
  } catch (error) {
    await record('end').catch(() => undefined); // the page may be gone
    return resultOf(error, files);
  }
}

class CaptchaUnanswered extends Error {}

function resultOf(error: unknown, files: PortalFile[]): VisitResult {
  if (error instanceof Ended) return { outcome: error.sign.outcome, words: error.sign.words || null, files };
  if (error instanceof CaptchaUnanswered) return { outcome: 'captcha', words: null, files };
  if (error instanceof Failure) throw error;
  if (error instanceof Error && error.name === 'TimeoutError') return { outcome: 'timeout', words: null, files };
  throw new Failure('portal-unavailable', 'retry', String(error), { cause: error });
}

function isWorthSeeing({ do: what }: Step): boolean {
  return what === 'open' || what === 'click' || what === 'submit' || what === 'captcha';
}
