import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Recipe } from './recipe.ts';

const maxRecipeBytes = 256 * 1024;

/** A recipe that cannot be used: which file, and what is wrong in it. The others go on. */
export interface RecipeProblem {
  path: string;
  problem: string;
}

/** The recipes of all folders, a later folder's replacing an earlier one's of the same id. A folder that is not there has none. */
export async function loadRecipes(dirs: readonly string[]): Promise<{ recipes: Recipe[]; problems: RecipeProblem[] }> {
  const byId = new Map<string, Recipe>();
  const problems: RecipeProblem[] = [];
  for (const path of (await Promise.all(dirs.map(filesIn))).flat()) {
    try {
      const recipe = await readRecipe(path);
      byId.set(recipe.id, recipe);
    } catch (error) {
      problems.push({ path, problem: error instanceof Error ? error.message : String(error) });
    }
  }
  return { recipes: [...byId.values()], problems };
}

async function filesIn(dir: string): Promise<string[]> {
  const names = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => join(dir, name));
}

async function readRecipe(path: string): Promise<Recipe> {
  if ((await stat(path)).size > maxRecipeBytes) throw new Error(`larger than ${maxRecipeBytes} bytes`);
  const parsed = Recipe.safeParse(JSON.parse(await readFile(path, 'utf8')));
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
  for (const pattern of patternsOf(parsed.data)) new RegExp(pattern, 'iu');
  return parsed.data;
}

function patternsOf({ ticket, outcomes }: Recipe): string[] {
  return [
    ...ticket.flatMap(({ patterns, form }) => [...patterns, ...(form ? [form] : [])]),
    ...outcomes.map(({ text }) => text),
  ];
}
