import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { Failure, type FailureCode, type Recovery } from '../../domain/failure.ts';
import type { TicketFile } from '../../domain/ticket.ts';
import type { Files } from '../../store/files.ts';
import type { Previews } from '../../store/previews.ts';
import { openers } from '../read/open-source.ts';

/** What goes to the drawing thread and comes back: both sides are this program. */
export type PreviewJob = { readonly bytes: Uint8Array; readonly mime: string };
export type PreviewAnswer =
  | { readonly kind: 'drawn'; readonly jpeg: Uint8Array }
  | { readonly kind: 'failure'; readonly code: FailureCode; readonly recovery: Recovery; readonly message: string };

export interface Previewer {
  /**
   * The first page of a document as a JPEG of at most 1000 pixels. Throws Failure `unsupported-type` for what has no pages, those of the
   * document's format, and `reader-unavailable` (retry) when too many wait or the file takes too long.
   */
  of(file: Pick<TicketFile, 'sha256' | 'mime'>): Promise<Buffer>;
  close(): Promise<void>;
}

export interface PreviewerDeps {
  files: Pick<Files, 'get'>;
  kept: Pick<Previews, 'get' | 'save'>;
  /** For one drawing. Default 15 s. */
  timeoutMs?: number;
}

const maxWaiting = 16;
/** A thread that has had nothing to draw for this long is let go: it holds 100 MB. */
const idleMs = 30_000;
const heapMb = 256;

/** Draws previews in a thread of their own, one at a time, and keeps them. The thread starts when it is first needed. */
export function createPreviewer({ files, kept, timeoutMs = 15_000 }: PreviewerDeps): Previewer {
  let pool: Piscina<PreviewJob, PreviewAnswer> | undefined;
  const underWay = new Map<string, Promise<Buffer>>();

  async function draw({ sha256, mime }: Pick<TicketFile, 'sha256' | 'mime'>): Promise<Buffer> {
    const before = await kept.get(sha256);
    if (before) return before;
    const bytes = new Uint8Array(await files.get(sha256));
    pool ??= openPool();
    const answer = await pool
      .run({ bytes, mime }, { signal: AbortSignal.timeout(timeoutMs) })
      .catch((cause: unknown) => {
        throw new Failure('reader-unavailable', 'retry', `no preview of ${sha256}`, { cause });
      });
    if (answer.kind === 'failure') throw new Failure(answer.code, answer.recovery, answer.message);
    const jpeg = Buffer.from(answer.jpeg);
    await kept.save(sha256, jpeg);
    return jpeg;
  }

  return {
    of: async (file) => {
      if (!openers.has(file.mime)) throw new Failure('unsupported-type', 'ask', `${file.mime} has no pages`);
      const drawing = underWay.get(file.sha256) ?? draw(file).finally(() => underWay.delete(file.sha256));
      underWay.set(file.sha256, drawing);
      return drawing;
    },
    close: async () => {
      await pool?.destroy();
    },
  };
}

function openPool(): Piscina<PreviewJob, PreviewAnswer> {
  return new Piscina({
    filename: fileURLToPath(new URL('./preview-worker.ts', import.meta.url)),
    ...{ minThreads: 0, maxThreads: 1, maxQueue: maxWaiting, idleTimeout: idleMs, atomics: 'disabled' },
    resourceLimits: { maxOldGenerationSizeMb: heapMb },
  });
}
