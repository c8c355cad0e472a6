import type { Frame, Locator, Page } from 'playwright';
import type { OutcomeSign, Recipe, Target } from './recipe.ts';

/** An outcome that the page shows, with the words that said so. */
export interface Sign {
  outcome: OutcomeSign['outcome'];
  words: string;
}

const maxTextChars = 50_000;
/** A portal that hangs while its text is asked for must not hold the visit. */
const readTimeoutMs = 5_000;

/** Finds things and outcomes on a page and in its frames, by what is visible. */
export interface PageReader {
  /** The first alternative that is visible now, or null. */
  find(target: Target): Promise<Locator | null>;
  /** The first outcome of the recipe that is visible now, or was said in a dialog since the last `forgetDialogs`. */
  sign(): Promise<Sign | null>;
  /** What a person can read on the page now. */
  text(): Promise<string>;
  forgetDialogs(): void;
}

/** Dialogs are accepted, since a page waits for them, and their words remembered. */
export function createPageReader(page: Page, outcomes: Recipe['outcomes']): PageReader {
  const signs = outcomes.map(({ text, ...rest }) => ({ ...rest, pattern: new RegExp(text, 'iu') }));
  let dialogs = '';
  page.on('dialog', (dialog) => {
    dialogs = `${dialogs}\n${dialog.message()}`.slice(-2_000);
    dialog.accept().catch(() => undefined); // the page may be gone
  });

  async function find(target: Target): Promise<Locator | null> {
    for (const alternative of target) {
      for (const frame of page.frames()) {
        const locator = locatorOf(frame, alternative).filter({ visible: true }).first();
        if ((await locator.count().catch(() => 0)) > 0) return locator;
      }
    }
    return null;
  }

  async function text(): Promise<string> {
    const texts = await Promise.all(page.frames().map((frame) => textOf(frame.locator('body'))));
    return texts.join('\n').slice(0, maxTextChars);
  }

  async function sign(): Promise<Sign | null> {
    const whole = `${await text()}\n${dialogs}`;
    for (const { outcome, pattern, at } of signs) {
      const place = at ? await find(at) : null;
      const words = pattern.exec(at ? (place ? await textOf(place) : '') : whole)?.[0];
      if (words) return { outcome, words: words.slice(0, 300) };
    }
    return null;
  }

  return {
    find,
    text,
    sign,
    forgetDialogs: () => {
      dialogs = '';
    },
  };
}

function locatorOf(frame: Frame, selector: string): Locator {
  return selector.startsWith('label=') ? frame.getByLabel(selector.slice('label='.length)) : frame.locator(selector);
}

/** Nothing while a page is changing into another one. */
function textOf(locator: Locator): Promise<string> {
  // biome-ignore lint/performance/useDomNodeTextContent: only what is rendered counts; hidden messages lie in many portals' pages
  return locator.innerText({ timeout: readTimeoutMs }).catch(() => '');
}
