import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { chromium } from 'playwright';

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** The Chromium of the settings, of this machine, or of Playwright; undefined when there is none. */
export async function findChromium(given: string | undefined): Promise<string | undefined> {
  for (const path of [given, ...usualPlaces, chromium.executablePath()]) {
    if (
      path &&
      (await access(path, constants.X_OK).then(
        () => true,
        () => false,
      ))
    )
      return path;
  }
  return undefined;
}
