import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCatalog, type MerchantCatalog, readMerchants } from './classify/merchants.ts';
import { type BankCatalog, loadBankCatalog } from './extract/payment/bank-catalog.ts';
import { compileRules, type ExtractionRules, RulesFile } from './extract/rules.ts';

/** All data that understanding rests on, checked. */
export interface Knowledge {
  readonly catalog: MerchantCatalog;
  readonly rules: ExtractionRules;
  /** The rules as they stand in their file. */
  readonly rulesFile: RulesFile;
  /** Whether the rules are the operator's own. */
  readonly areOwn: boolean;
  readonly banks: BankCatalog;
}

export interface KnowledgeDirs {
  /** What is shipped: `extraction-rules.json`, `merchants/`, `banks.json`. */
  readonly configDir: string;
  /** The operator's: an `extraction-rules.json` in place of the shipped one, `merchants/` beside the shipped ones; null: none. */
  readonly rulesDir: string | null;
}

/** Within its folder. */
export const rulesFileName = 'extraction-rules.json';

/** Makes the folder where an operator puts files of their own. */
export async function makeRulesDir(rulesDir: string): Promise<void> {
  await mkdir(join(rulesDir, 'merchants'), { recursive: true });
}

/** @throws {Error} whose message names the file that is wrong, and what is wrong in it. */
export async function loadKnowledge({ configDir, rulesDir }: KnowledgeDirs): Promise<Knowledge> {
  const shipped = await readMerchants(join(configDir, 'merchants'));
  const own = rulesDir === null ? [] : await readMerchants(join(rulesDir, 'merchants'));
  const replaced = new Set(own.map(({ id }) => id));
  const ownRules = rulesDir === null ? null : await readRules(join(rulesDir, rulesFileName));
  const rulesFile = ownRules ?? (await readRules(join(configDir, rulesFileName)));
  if (!rulesFile) throw new Error(`${join(configDir, rulesFileName)} is missing`);
  return {
    catalog: createCatalog([...shipped.filter(({ id }) => !replaced.has(id)), ...own]),
    rules: compileRules(rulesFile),
    rulesFile,
    areOwn: ownRules !== null,
    banks: loadBankCatalog(join(configDir, 'banks.json')),
  };
}

/** Null when there is no such file. */
async function readRules(path: string): Promise<RulesFile | null> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return null;
  try {
    return RulesFile.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(`${path}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
