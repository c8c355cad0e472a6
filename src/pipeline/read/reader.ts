import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { MessageChannel } from 'node:worker_threads';
import type { Logger } from 'pino';
import { Failure } from '../../domain/failure.ts';
import { OcrLanguage, type Profile, type Reading } from '../../domain/reading.ts';
import type { EngineName } from './engine.ts';
import type { LookRequest } from './look/look.ts';
import { watchMemory } from './memory-watch.ts';
import { createNativeState } from './native-guard.ts';
import type { PageJpeg } from './outside/recogniser.ts';
import type { ReadEvent, ReadJob } from './read-job.ts';
import { createThreadPool } from './thread-pool.ts';
import { createTimeLimit } from './time-limit.ts';

const projectModelDir = fileURLToPath(new URL('../../../.runtime/models', import.meta.url));

export type ReaderOptions = {
  /** Recognisers in order of preference; a later one steps in when those before fail. */
  readonly backends: readonly EngineName[];
  /** Reading threads; one a core by default. */
  readonly workers?: number;
  readonly log: Pick<Logger, 'info' | 'warn'>;
  /** Where faster copies of the networks are kept, made when missing; null: read with the shipped ones. Default `.runtime/models` of the project. */
  readonly modelDir?: string | null;
  /** Networks of one's own (see EngineSettings); null: the shipped ones. */
  readonly ownModels?: string | null;
  /** Of the documents. Default all. */
  readonly languages?: readonly OcrLanguage[];
  /** What most documents are read with: loaded at once. Default `balanced`. */
  readonly profile?: Profile;
  /** For a thread to become free. Default 10 minutes. */
  readonly waitTimeoutMs?: number;
  /** From the beginning of a page to its end. Default 60 s. */
  readonly pageTimeoutMs?: number;
  /** For all pages of a document together. Default 5 minutes. */
  readonly documentTimeoutMs?: number;
  /** JavaScript heap of a thread in MB; beyond it the thread is replaced. Pictures and models are outside of it. Default 512. */
  readonly workerHeapMb?: number;
  /** What a document may unpack to in MB. Default 768; the largest picture that is read takes 400 while it is decoded. */
  readonly documentMemoryMb?: number;
};

export type ReadRequest = {
  readonly bytes: Uint8Array;
  /** As `identifyFile` named it. */
  readonly mime: string;
  readonly profile: Profile;
  /** Left out at the first look. */
  readonly look?: LookRequest;
  /** Abandons the work at once, wherever it is. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (donePages: number, pages: number) => void;
};

export type Reader = {
  /**
   * A document's text with places and confidence; no lines when there is no text.
   * Throws Failure `damaged-file`, `image-too-large`, `encrypted-pdf`, `too-many-pages`, `too-large`,
   * `unsupported-type` (ask),
   * `read-timeout`, `reader-unavailable` (retry); the signal's reason when aborted.
   */
  read(request: ReadRequest): Promise<Reading>;
  close(): Promise<void>;
};

/** What a document says without a recogniser, and pictures of the pages that need one. */
export type Prepared = { readonly reading: Reading; readonly pages: readonly PageJpeg[] };

export type LocalReader = Reader & {
  /** Decodes a document for a recogniser elsewhere: its own text, its codes, and the other pages as pictures. Throws like `read`. */
  prepare(request: ReadRequest): Promise<Prepared>;
};

/** Starts the reading threads; resolves when each has its models loaded. */
export async function createReader(options: ReaderOptions): Promise<LocalReader> {
  const { log, backends, workers = availableParallelism(), workerHeapMb = 512, modelDir = projectModelDir } = options;
  const { ownModels = null, profile = 'balanced', languages = OcrLanguage.options } = options;
  const {
    waitTimeoutMs = 600_000,
    pageTimeoutMs = 60_000,
    documentTimeoutMs = 300_000,
    documentMemoryMb = 768,
  } = options;
  const began = performance.now();
  const pool = await createThreadPool({
    backends,
    workers,
    workerHeapMb,
    modelDir,
    ownModels,
    profile,
    languages,
    log,
  });
  log.info({ workers, backends, ms: Math.round(performance.now() - began) }, 'reader ready');

  async function run({ signal, onProgress, ...document }: ReadRequest & { isPreparation?: boolean }) {
    signal?.throwIfAborted();
    using limit = createTimeLimit({ waitTimeoutMs, pageTimeoutMs, documentTimeoutMs, signal });
    using cleanup = new DisposableStack();
    const { port1, port2 } = new MessageChannel();
    port1.on('message', (event: ReadEvent) => {
      if (event.kind === 'started') {
        limit.start();
        const thread = pool.thread(event.threadId);
        if (thread) cleanup.use(watchMemory(thread, documentMemoryMb, () => limit.abort(tooLarge(documentMemoryMb))));
      } else if (event.kind === 'engine-failed') log.warn(event, 'text recogniser failed');
      else {
        limit.restartPage();
        onProgress?.(event.done, event.pages);
      }
    });
    const job: ReadJob = {
      ...document,
      kind: 'read',
      bytes: compact(document.bytes),
      port: port2,
      native: createNativeState(),
    };
    try {
      return await pool.run(job, limit.signal);
    } finally {
      port1.close();
    }
  }

  return {
    read: async (request) => {
      const answer = await run(request);
      if (answer.kind === 'reading') return answer.reading;
      throw new Failure('internal', 'retry', `unexpected answer: ${answer.kind}`);
    },
    prepare: async (request) => {
      const answer = await run({ ...request, isPreparation: true });
      if (answer.kind === 'prepared') return answer;
      throw new Failure('internal', 'retry', `unexpected answer: ${answer.kind}`);
    },
    close: pool.close,
  };
}

function tooLarge(limitMb: number): Failure {
  return new Failure('too-large', 'ask', `the document unpacks to more than ${limitMb} MB`);
}

/** A view of a larger buffer would be copied to the thread with all that surrounds it. */
function compact(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice();
}
