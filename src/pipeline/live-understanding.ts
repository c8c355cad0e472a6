import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { watch } from 'chokidar';
import type { Logger } from 'pino';
import type { Clock } from '../domain/clock.ts';
import type { MerchantCatalog } from './classify/merchants.ts';
import type { RulesFile } from './extract/rules.ts';
import { type Knowledge, loadKnowledge, makeRulesDir, rulesFileName } from './knowledge.ts';
import { type Understanding, understandWith } from './understanding.ts';

/** What is in force. */
export interface RulesState {
  rules: RulesFile;
  /** Whether they are the operator's own; else the shipped ones. */
  areOwn: boolean;
  merchants: number;
  loadedAt: Date;
  /** Why what lies in the folders now is not in force; null when it is. */
  problem: string | null;
}

export interface RulesDesk {
  state(): RulesState;
  /** Puts rules into the operator's folder, from where this process takes them now and others when they see the file. */
  replace(rules: RulesFile): Promise<RulesState>;
  /** Takes the operator's rules away: the shipped ones are in force again. */
  reset(): Promise<RulesState>;
}

export interface LiveUnderstanding extends Understanding, AsyncDisposable {
  catalog(): MerchantCatalog;
  rules: RulesDesk;
}

export interface LiveUnderstandingDeps {
  configDir: string;
  rulesDir: string;
  clock: Clock;
  log: Pick<Logger, 'info' | 'error'>;
}

/** Editors write a file in several steps. */
const settleMs = 200;

/**
 * Understanding whose rules and merchants are read again when a file of theirs changes. What is wrong is told in the log and by the
 * API, and what was in force stays; at the start, that is what is shipped.
 */
export async function openLiveUnderstanding(deps: LiveUnderstandingDeps): Promise<LiveUnderstanding> {
  const { configDir, rulesDir, clock, log } = deps;
  await makeRulesDir(rulesDir);
  let knowledge = await loadKnowledge({ configDir, rulesDir: null });
  let understanding = understandWith(knowledge);
  let loadedAt = clock.now();
  let problem: string | null = null;

  async function reload(): Promise<void> {
    try {
      const found = await loadKnowledge({ configDir, rulesDir });
      if (!hasChanged(knowledge, found)) problem = null;
      else take(found);
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
      log.error({ problem }, 'rules or merchants are wrong; those before stay in force');
    }
  }

  function take(found: Knowledge): void {
    understanding = understandWith(found);
    [knowledge, loadedAt, problem] = [found, clock.now(), null];
    log.info({ merchants: found.catalog.merchants.length, areOwn: found.areOwn }, 'rules and merchants in force');
  }

  const inTurn = createTurns();
  await reload();
  const watcher = watchFolders([join(configDir, rulesFileName), join(configDir, 'merchants'), rulesDir], () =>
    inTurn(reload),
  );
  const state = (): RulesState => {
    const { rulesFile: rules, areOwn, catalog } = knowledge;
    return { rules, areOwn, merchants: catalog.merchants.length, loadedAt, problem };
  };
  const change = (write: () => Promise<void>) =>
    inTurn(async () => {
      await write();
      await reload();
      return state();
    });

  return {
    classify: (reading) => understanding.classify(reading),
    classifyWith: (reading, more) => understanding.classifyWith(reading, more),
    classifyInvoice: (invoice) => understanding.classifyInvoice(invoice),
    extract: (reading, classification, today) => understanding.extract(reading, classification, today),
    catalog: () => knowledge.catalog,
    rules: {
      state,
      replace: (rules) => change(() => writeWhole(join(rulesDir, rulesFileName), JSON.stringify(rules, null, 2))),
      reset: () => change(() => rm(join(rulesDir, rulesFileName), { force: true })),
    },
    [Symbol.asyncDispose]: () => watcher.close(),
  };
}

/** Whoever reads the file meanwhile sees the one or the other. */
async function writeWhole(path: string, text: string): Promise<void> {
  const draft = `${path}.${randomUUID()}.draft`;
  await writeFile(draft, `${text}\n`, { mode: 0o600 });
  await rename(draft, path);
}

function hasChanged(before: Knowledge, after: Knowledge): boolean {
  const told = ({ rulesFile, areOwn, catalog, banks }: Knowledge) =>
    JSON.stringify([rulesFile, areOwn, catalog.merchants, banks]);
  return told(before) !== told(after);
}

/** One after the other: what was written last is what is read last. */
function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
}

function watchFolders(paths: readonly string[], onChange: () => Promise<void>): { close(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let work: Promise<void> = Promise.resolve();
  const watcher = watch([...paths], { ignoreInitial: true, depth: 1, ignored: (path) => path.endsWith('.draft') });
  watcher.on('all', () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      work = onChange();
    }, settleMs);
  });
  // What cannot be watched (a limit of the system) is read at the next start.
  watcher.on('error', () => undefined);
  return {
    close: async () => {
      clearTimeout(timer);
      await watcher.close();
      await work;
    },
  };
}
