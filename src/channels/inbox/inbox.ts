import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import type { Logger } from 'pino';
import type { Clock } from '../../domain/clock.ts';
import { Failure, toFailure } from '../../domain/failure.ts';
import type { Language } from '../../domain/language.ts';
import type { DescribeFailure } from '../../http/error-handler.ts';
import type { Answer, Channel, Intake } from '../channel.ts';
import { createChannelState } from '../channel-state.ts';
import { claim, isMissing } from './claim.ts';
import { inboxFolders } from './folders.ts';

export interface InboxDeps {
  inboxDir: string;
  companyId: string;
  language: Language;
  maxBytes: number;
  intake: Intake;
  describeFailure: DescribeFailure;
  clock: Clock;
  log: Logger;
}

/** A file is complete when its size has stood still this long. */
const settledMs = 500;
/** Pause before a file is tried again. */
const retryMs = 5_000;
/** A database that is away is waited for; anything else that fails this often will not mend itself. */
const attemptsAtWorst = 3;

/**
 * The watched folder: a file put into `inbox` moves to `processing`, then to `processed` (or `errors`) with its result as JSON in
 * `results`, under one name all the way (see `claim`). Files are taken in one after the other, so that memory holds one whatever is dropped.
 */
export function createInbox(deps: InboxDeps): Channel {
  const { companyId, language, maxBytes, intake, describeFailure, clock, log } = deps;
  const folders = inboxFolders(deps.inboxDir);
  const { state, enter } = createChannelState(clock);
  let stopping = new AbortController();
  let watcher: FSWatcher | undefined;
  let inHand: Promise<void> = Promise.resolve();

  /** The change time is set by the move to `processing`, so a file that a person puts back is a new message, and one found again after a crash the same. */
  async function takeIn(held: string): Promise<void> {
    const path = join(folders.processing, held);
    const { ctimeMs, size } = await stat(path);
    if (size > maxBytes) throw new Failure('too-large', 'ask', `${held} has ${size} bytes`);
    const source = { channel: 'inbox', account: 'inbox', chat: 'inbox', message: `${held}@${ctimeMs}`, attachment: 0 };
    await intake({ companyId, source, fileName: held, bytes: await readFile(path), language, priority: 'LOW' });
  }

  async function receive(held: string): Promise<void> {
    for (let attempt = 1; !stopping.signal.aborted; attempt += 1) {
      try {
        return await takeIn(held);
      } catch (error) {
        if (isMissing(error)) return;
        const failure = toFailure(error);
        log.warn({ file: held, code: failure.code, attempt, err: failure }, 'inbox file not taken');
        if (!isPassing(failure, attempt)) return refuse(held, failure);
      }
      await clock.sleep(retryMs, stopping.signal).catch(() => undefined);
    }
  }

  async function refuse(held: string, { code }: Failure): Promise<void> {
    await writeResult(held, { file: held, error: { code, message: describeFailure(code, language) } });
    await finish(held, 'errors');
  }

  async function writeResult(held: string, result: object): Promise<void> {
    const target = join(folders.results, `${held}.json`);
    await writeFile(`${target}.part`, `${JSON.stringify(result, null, 2)}\n`);
    await rename(`${target}.part`, target);
  }

  async function finish(held: string, folder: 'processed' | 'errors'): Promise<void> {
    try {
      await rename(join(folders.processing, held), join(folders[folder], held));
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }

  function inTurn(work: () => Promise<void>): void {
    const next = async () => {
      if (!stopping.signal.aborted) await work();
    };
    inHand = inHand.then(next).catch((error: unknown) => log.error({ err: error }, 'inbox file stays where it is'));
  }

  async function claimAndReceive(name: string): Promise<void> {
    const held = await claim(folders, name);
    if (held !== null) await receive(held);
  }

  async function start(): Promise<void> {
    stopping = new AbortController();
    await Promise.all(Object.values(folders).map((folder) => mkdir(folder, { recursive: true })));
    // What a process that was killed had in hand; known files give their ticket again.
    for (const held of await readdir(folders.processing)) inTurn(() => receive(held));
    const awaitWriteFinish = { stabilityThreshold: settledMs, pollInterval: 100 };
    watcher = watch(folders.inbox, { depth: 0, awaitWriteFinish, ignored: (path) => basename(path).startsWith('.') });
    const onFile = (path: string) => inTurn(() => claimAndReceive(basename(path)));
    // A name that comes again right after it was claimed is told as a change.
    watcher.on('add', onFile).on('change', onFile);
    watcher.on('error', (error) => {
      log.error({ err: error }, 'inbox watcher failed');
      enter('retrying', String(error));
    });
    enter('receiving', null);
  }

  async function send({ source, result, text }: Answer): Promise<void> {
    const held = source.message.slice(0, source.message.lastIndexOf('@'));
    // An invoice out of a package has its result beside the package's.
    const isPart = source.attachment > 0;
    await writeResult(isPart ? `${held}.${result.file}` : held, { ...result, text });
    if (isPart) return;
    await finish(held, result.error ? 'errors' : 'processed');
  }

  async function stop(): Promise<void> {
    stopping.abort();
    await watcher?.close();
    await inHand;
    enter('stopped');
  }

  return { name: 'inbox', isSilent: true, state, start, send, stop };
}

function isPassing({ code, recovery }: Failure, attempt: number): boolean {
  return recovery === 'retry' && (code !== 'internal' || attempt < attemptsAtWorst);
}
