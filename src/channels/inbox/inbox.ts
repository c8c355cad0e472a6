import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import type { Logger } from 'pino';
import type { Clock } from '../../domain/clock.ts';
import { Failure, toFailure } from '../../domain/failure.ts';
import type { Language } from '../../domain/language.ts';
import type { Answer, Channel, Intake } from '../channel.ts';
import { inboxFolders } from './folders.ts';

export interface InboxDeps {
  inboxDir: string;
  companyId: string;
  language: Language;
  maxBytes: number;
  intake: Intake;
  clock: Clock;
  log: Logger;
}

/** A file is complete when its size has stood still this long. */
const settledMs = 500;
/** Pause before a file is tried again when the database is away. */
const retryMs = 5_000;

/**
 * The watched folder: a file put into `inbox` goes to `processing` while it is worked on, then to `processed` (or `errors`)
 * with its result as JSON in `results`. The five folders lie side by side.
 */
export function createInbox(deps: InboxDeps): Channel {
  const { inboxDir, companyId, language, maxBytes, intake, clock, log } = deps;
  const folders = inboxFolders(inboxDir);
  const stopping = new AbortController();
  const inHand = new Set<Promise<void>>();
  let watcher: FSWatcher | undefined;

  async function receive(path: string): Promise<void> {
    const name = basename(path);
    const held = join(folders.processing, name);
    try {
      const { mtimeMs, size } = await stat(path);
      if (size > maxBytes) throw new Failure('too-large', 'ask', `${name} has ${size} bytes`);
      const source = {
        channel: 'inbox',
        account: 'inbox',
        chat: inboxDir,
        message: `${name}@${mtimeMs}`,
        attachment: 0,
      };
      const arrival = {
        companyId,
        source,
        fileName: name,
        bytes: await readFile(path),
        language,
        priority: 'LOW' as const,
      };
      await intake(arrival);
      await moveIfThere(path, held);
    } catch (error) {
      await refuse(path, toFailure(error));
    }
  }

  async function refuse(path: string, failure: Failure): Promise<void> {
    const name = basename(path);
    log.warn({ file: name, code: failure.code, err: failure }, 'inbox file not taken');
    if (failure.recovery === 'retry') {
      await clock.sleep(retryMs, stopping.signal).then(
        () => receive(path),
        () => undefined,
      );
      return;
    }
    await moveIfThere(path, join(folders.errors, name));
    await writeResult(name, { file: name, error: { code: failure.code, message: failure.message } });
  }

  async function writeResult(name: string, result: object): Promise<void> {
    const target = join(folders.results, `${name}.json`);
    await writeFile(`${target}.part`, `${JSON.stringify(result, null, 2)}\n`);
    await rename(`${target}.part`, target);
  }

  function take(path: string): void {
    const work: Promise<void> = receive(path).finally(() => inHand.delete(work));
    inHand.add(work);
  }

  async function start(): Promise<void> {
    await Promise.all(Object.values(folders).map((folder) => mkdir(folder, { recursive: true })));
    const awaitWriteFinish = { stabilityThreshold: settledMs, pollInterval: 100 };
    watcher = watch(folders.inbox, { depth: 0, awaitWriteFinish, ignored: (path) => basename(path).startsWith('.') });
    watcher.on('add', take);
    watcher.on('error', (error) => log.error({ err: error }, 'inbox watcher failed'));
  }

  async function send(answer: Answer): Promise<void> {
    const name = answer.source.message.slice(0, answer.source.message.lastIndexOf('@'));
    const isFailed = answer.result.stage === 'FAILED';
    await writeResult(name, { ...answer.result, text: answer.text });
    await moveIfThere(join(folders.processing, name), join(isFailed ? folders.errors : folders.processed, name));
    await moveIfThere(join(folders.inbox, name), join(isFailed ? folders.errors : folders.processed, name));
  }

  async function stop(): Promise<void> {
    stopping.abort();
    await watcher?.close();
    await Promise.all(inHand);
  }

  return { name: 'inbox', start, send, stop };
}

async function moveIfThere(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await rename(from, to).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  });
}
