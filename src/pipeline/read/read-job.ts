import type { MessagePort } from 'node:worker_threads';
import type { FailureCode, Recovery } from '../../domain/failure.ts';
import type { Profile, Reading } from '../../domain/reading.ts';
import type { EngineName, EngineSettings } from './engine.ts';
import type { LookRequest } from './look/look.ts';
import type { PageJpeg } from './outside/recogniser.ts';

/** What the main thread hands to a worker thread, and what comes back. Both sides are this program: no parsing. */
export type ReadJob =
  | { readonly kind: 'warm' }
  | {
      readonly kind: 'read';
      readonly bytes: Uint8Array;
      readonly mime: string;
      readonly profile: Profile;
      /** Left out at the first look. */
      readonly look?: LookRequest;
      /** Only what the document says without a recogniser: its own text and its codes; the other pages come back as pictures. */
      readonly isPreparation?: boolean;
      readonly port: MessagePort;
      /** See native-guard.ts. */
      readonly native: SharedArrayBuffer;
    };

/** A thrown Failure would lose its fields on the way between threads, so failures are answers. */
export type ReadAnswer =
  | { readonly kind: 'reading'; readonly reading: Reading }
  | { readonly kind: 'prepared'; readonly reading: Reading; readonly pages: readonly PageJpeg[] }
  | { readonly kind: 'ready' }
  | { readonly kind: 'failure'; readonly code: FailureCode; readonly recovery: Recovery; readonly message: string };

/** Sent over `port` while a job runs. */
export type ReadEvent =
  | { readonly kind: 'started'; readonly threadId: number }
  | { readonly kind: 'progress'; readonly done: number; readonly pages: number }
  | { readonly kind: 'engine-failed'; readonly engine: EngineName; readonly message: string };

export type WorkerSettings = Omit<EngineSettings, 'guard'> & {
  readonly backends: readonly EngineName[];
  /** See loaded-threads.ts. */
  readonly loaded: SharedArrayBuffer;
};
