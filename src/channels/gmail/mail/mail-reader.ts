import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { Failure } from '../../../domain/failure.ts';
import type { Mail } from './parse-mail.ts';
import type { Unwrapped } from './unwrap.ts';

export interface MailJob {
  bytes: Uint8Array;
  maxDocuments: number;
}

export interface ReadMail {
  mail: Omit<Mail, 'attachments'>;
  unwrapped: Unwrapped;
}

export type MailAnswer = ({ kind: 'read' } & ReadMail) | { kind: 'damaged'; message: string };

export interface MailReaderLimits {
  timeoutMs: number;
  heapMb: number;
}

/** A mail of 25 MB takes half a second and 300 MB; one of two million empty lines, which anybody can send, half a minute and 4 GB. */
const usualLimits: MailReaderLimits = { timeoutMs: 60_000, heapMb: 512 };
/** As many as mailboxes are worked on at once. */
const maxThreads = 2;
/** A thread is let go when no mail came for so long. */
const idleMs = 30_000;

/** Takes mails apart in threads of their own, bounded in time and memory, so that a hostile one costs its thread and nothing else. */
export function createMailReader(limits: MailReaderLimits = usualLimits) {
  let pool: Piscina<MailJob, MailAnswer> | null = null;

  function open(): Piscina<MailJob, MailAnswer> {
    return new Piscina({
      filename: fileURLToPath(new URL('./mail-worker.ts', import.meta.url)),
      minThreads: 0,
      maxThreads,
      idleTimeout: idleMs,
      resourceLimits: { maxOldGenerationSizeMb: limits.heapMb },
    });
  }

  return {
    /** @throws {Failure} `damaged-file` (ask) for what is no mail, or takes more than is given to it. */
    read: async (bytes: Uint8Array, maxDocuments: number): Promise<ReadMail> => {
      pool ??= open();
      const working = pool.run({ bytes, maxDocuments }, { signal: AbortSignal.timeout(limits.timeoutMs) });
      const answer = await working.catch((cause: unknown) => {
        throw new Failure('damaged-file', 'ask', `a mail took too much: ${String(cause)}`, { cause });
      });
      if (answer.kind === 'damaged') throw new Failure('damaged-file', 'ask', answer.message);
      return answer;
    },
    close: async (): Promise<void> => {
      const closing = pool;
      pool = null;
      await closing?.destroy();
    },
  };
}

export type MailReader = ReturnType<typeof createMailReader>;
