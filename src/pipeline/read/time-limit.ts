import { Failure } from '../../domain/failure.ts';

type Limits = {
  /** For a thread to become free. */
  readonly waitTimeoutMs: number;
  readonly pageTimeoutMs: number;
  readonly documentTimeoutMs: number;
  /** The caller's own way to abandon the work. */
  readonly signal?: AbortSignal | undefined;
};

export type TimeLimit = Disposable & {
  /** Aborts when a limit has passed, with the Failure as its reason, or when the caller's signal does, with that reason. */
  readonly signal: AbortSignal;
  /** The work has begun: from here on the limits of document and page count. */
  start(): void;
  /** A page is done: the next has its full time. */
  restartPage(): void;
  /** Another limit was passed. */
  abort(failure: Failure): void;
};

export function createTimeLimit({ waitTimeoutMs, pageTimeoutMs, documentTimeoutMs, signal }: Limits): TimeLimit {
  const controller = new AbortController();
  const abortAfter = (ms: number, failure: Failure) => setTimeout(() => controller.abort(failure), ms);
  const busy = new Failure('reader-unavailable', 'retry', `no reading thread was free within ${waitTimeoutMs} ms`);
  let current = abortAfter(waitTimeoutMs, busy);
  let whole: NodeJS.Timeout | undefined;

  function restartPage(): void {
    clearTimeout(current);
    current = abortAfter(pageTimeoutMs, new Failure('read-timeout', 'retry', `a page took over ${pageTimeoutMs} ms`));
  }

  return {
    signal: signal ? AbortSignal.any([controller.signal, signal]) : controller.signal,
    start() {
      const slow = new Failure('read-timeout', 'retry', `the document took over ${documentTimeoutMs} ms`);
      whole = abortAfter(documentTimeoutMs, slow);
      restartPage();
    },
    restartPage,
    abort: (failure) => controller.abort(failure),
    [Symbol.dispose]() {
      clearTimeout(current);
      clearTimeout(whole);
    },
  };
}
