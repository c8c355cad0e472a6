import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export const languages = ['spa', 'eng'] as const;

export type LanguageFolder = AsyncDisposable & { readonly path: string };

/**
 * The language files side by side in a folder that goes away when disposed. They come in a package each, tesseract.js 7
 * looks for all in one place, and its way to take them from memory is broken (it joins the data as names).
 */
export async function gatherLanguages(): Promise<LanguageFolder> {
  const path = await mkdtemp(join(tmpdir(), 'recibot-tesseract-'));
  const { resolve } = createRequire(import.meta.url);
  for (const code of languages) {
    const file = `${code}.traineddata.gz`;
    const folder = dirname(resolve(`@tesseract.js-data/${code}/package.json`));
    await copyFile(join(folder, '4.0.0_best_int', file), join(path, file));
  }
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}
