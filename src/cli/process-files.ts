import { readFile, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AppContext, defaultCompanyId } from '../context.ts';
import { Failure, toFailure } from '../domain/failure.ts';
import type { Language } from '../domain/language.ts';
import type { Profile } from '../domain/reading.ts';
import { inWords, type Result, toResult } from '../domain/result.ts';
import { isFinal } from '../domain/stage.ts';
import type { Ticket } from '../domain/ticket.ts';
import { describeFailure } from '../notifier/describe.ts';
import { maxFileBytes } from '../pipeline/read/identify-file.ts';
import { sha256Of } from '../store/files.ts';

/** A file that got no ticket (it is missing, empty, too large, no document) has only `file` and `error`. */
type FileResult = Result | { file: string; error: { code: string; message: string } };

export interface FileOutcome {
  result: FileResult;
  /** The ticket that holds the values: the first one when this is a duplicate. */
  ticket: Ticket | null;
}

export interface ProcessOptions {
  profile: Profile;
  language: Language;
  /** Called when a file is done, in order of completion. */
  onDone: () => void;
}

const pollMs = 60;
/** A file that has no end by then is given up; a full queue of a busy service is the reason to wait long. */
const giveUpAfterMs = 15 * 60_000;

/** Sends the files through the pipeline, a few at once, and yields their results in the order of `paths`. */
export async function* processFiles(
  context: AppContext,
  paths: readonly string[],
  options: ProcessOptions,
): AsyncGenerator<FileOutcome> {
  const began = context.clock.now();
  const atOnce = context.config.ocr.workers + 1;
  const started: Promise<FileOutcome>[] = [];
  const running = new Set<Promise<FileOutcome>>();
  const startNext = () => {
    const path = paths[started.length];
    if (path === undefined) return;
    const work = processFile(context, path, began, options).finally(() => {
      running.delete(work);
      options.onDone();
      startNext();
    });
    running.add(work);
    started.push(work);
  };
  for (let i = 0; i < atOnce; i += 1) startNext();
  for (let i = 0; i < paths.length; i += 1) {
    const outcome = await started[i];
    if (outcome) yield outcome;
  }
}

async function processFile(
  context: AppContext,
  path: string,
  began: Date,
  options: ProcessOptions,
): Promise<FileOutcome> {
  try {
    const ticket = await submit(context, path, began, options);
    const ended = await untilFinal(context, ticket.id);
    const first = ended.duplicateOf === null ? null : await untilFinal(context, ended.duplicateOf);
    const result = inWords(toResult(ended, first), (code) => describeFailure(code, options.language));
    return { result: { ...result, file: path }, ticket: first ?? ended };
  } catch (error) {
    const { code, recovery } = toFailure(error);
    if (recovery !== 'ask') context.log.error({ file: path, err: error }, 'file not processed');
    return { result: { file: path, error: { code, message: describeFailure(code, options.language) } }, ticket: null };
  }
}

async function submit(context: AppContext, path: string, again: Date, options: ProcessOptions): Promise<Ticket> {
  const absolute = resolve(path);
  const bytes = await readBounded(absolute);
  const message = `${sha256Of(bytes)}:${absolute.slice(-300)}`;
  const source = { channel: 'cli', account: hostname(), chat: 'cli', message, attachment: 0 };
  const { profile, language } = options;
  return context.intake({
    ...{ companyId: defaultCompanyId, source, fileName: basename(path), bytes, language, profile, again },
  });
}

/** @throws {Failure} `not-found`, `unsupported-type` (a folder, a device) or `too-large`, before more than the limit is in memory. */
async function readBounded(path: string): Promise<Uint8Array> {
  const unreadable = (cause: unknown) => {
    throw new Failure('not-found', 'ask', `no file that can be read at ${path}`, { cause });
  };
  const found = await stat(path).catch(unreadable);
  if (!found.isFile()) throw new Failure('unsupported-type', 'ask', `${path} is no file`);
  if (found.size > maxFileBytes) throw new Failure('too-large', 'ask', `${path} has ${found.size} bytes`);
  return readFile(path).catch(unreadable);
}

async function untilFinal({ tickets, clock }: AppContext, id: string): Promise<Ticket> {
  const deadline = clock.now().getTime() + giveUpAfterMs;
  for (;;) {
    const at = await tickets.load(id);
    if (at && isFinal(at.ticket.stage)) return at.ticket;
    if (clock.now().getTime() > deadline) throw new Failure('read-timeout', 'retry', `ticket ${id} did not end`);
    await sleep(pollMs);
  }
}
