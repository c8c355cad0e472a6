import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { OcrLanguage } from '../../../domain/reading.ts';

/** Tesseract's names of the languages. */
const codes = { es: 'spa', en: 'eng' } as const satisfies Record<OcrLanguage, string>;

export type LanguageFolder = AsyncDisposable & { readonly path: string; readonly codes: readonly string[] };

/**
 * The language files side by side in a folder that goes away when disposed. They come in a package each, tesseract.js 7
 * looks for all in one place, and its way to take them from memory is broken (it joins the data as names).
 */
export async function gatherLanguages(languages: readonly OcrLanguage[]): Promise<LanguageFolder> {
  const path = await mkdtemp(join(tmpdir(), 'recibot-tesseract-'));
  const { resolve } = createRequire(import.meta.url);
  const wanted = languages.map((language) => codes[language]);
  for (const code of wanted) {
    const file = `${code}.traineddata.gz`;
    const folder = dirname(resolve(`@tesseract.js-data/${code}/package.json`));
    await copyFile(join(folder, '4.0.0_best_int', file), join(path, file));
  }
  return { path, codes: wanted, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}
