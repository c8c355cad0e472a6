import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const Truth = z.array(
  z.object({
    file: z.string(),
    truth: z.object({ total: z.string().nullish() }),
    lines: z.array(z.string()).optional(),
  }),
);

/** An image with what is known of it: the printed total, and for `sroie` the whole text line by line. */
export type Sample = { readonly file: string; readonly total: string | null; readonly lines: readonly string[] | null };

/** The first half from each folder, by name. */
export async function loadSamples(dataDir: string, count: number): Promise<Sample[]> {
  const halves = await Promise.all(['sroie', 'receipts'].map((name) => loadFolder(join(dataDir, name), count / 2)));
  return halves.flat();
}

async function loadFolder(folder: string, count: number): Promise<Sample[]> {
  const entries = Truth.parse(JSON.parse(await readFile(join(folder, 'truth.json'), 'utf8')));
  return entries
    .sort((a, b) => (a.file < b.file ? -1 : 1))
    .slice(0, count)
    .map(({ file, truth, lines }) => ({ file: join(folder, file), total: truth.total ?? null, lines: lines ?? null }));
}
