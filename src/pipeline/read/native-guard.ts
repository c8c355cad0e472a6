import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';

/**
 * A thread that is ended while onnxruntime (1.30) loads or computes takes the whole process with it: the addon then throws where
 * nobody can catch it. So a job says in shared memory where it is, and its thread is ended only outside, where it may not enter any more.
 * A job that waits, in the queue or for its thread's models, has no thread to end: it ends itself when its turn comes.
 */
const state = { waiting: 0, outside: 1, inside: 2, closed: 3 } as const;

const pollMs = 5;
/** No single computation takes as long; a thread that hangs inside is ended all the same. */
const giveUpAfterMs = 15_000;

/** The memory that a job and whoever may end it share. */
export function createNativeState(): SharedArrayBuffer {
  return new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
}

export type NativeGuard = {
  /** The models are loaded, the thread works for the job of this memory from here on; throws when the job is ended already. */
  begin(memory: SharedArrayBuffer): void;
  /** Runs native work, one at a time; throws when the job is being ended. */
  run<T>(work: () => Promise<T>): Promise<T>;
};

export function createNativeGuard(): NativeGuard {
  let cell = new Int32Array(createNativeState());
  return {
    begin(memory) {
      cell = new Int32Array(memory);
      step(cell, state.waiting, state.outside);
    },
    async run(work) {
      const mine = cell;
      step(mine, state.outside, state.inside);
      try {
        return await work();
      } finally {
        await leaveNative();
        Atomics.store(mine, 0, state.outside);
      }
    },
  };
}

/**
 * What awaits a native promise goes on while the addon's own callback is still on the stack, where a thread must not be ended
 * either; the next turn of the event loop is out of it.
 */
export async function leaveNative(): Promise<void> {
  await turn();
}

function step(cell: Int32Array, from: number, to: number): void {
  if (Atomics.compareExchange(cell, 0, from, to) !== from) throw new Error('the job is being ended');
}

/** A signal to end the thread of this memory's job by: it follows `signal` once the job is outside of native code, and never when it had not begun. */
export function abortOutside(memory: SharedArrayBuffer, signal: AbortSignal): AbortSignal {
  const ending = new AbortController();
  const end = async () => {
    if (await close(new Int32Array(memory))) ending.abort(signal.reason);
  };
  signal.addEventListener('abort', () => void end(), { once: true });
  if (signal.aborted) void end();
  return ending.signal;
}

/** Lets the job go no further; true when it has begun. */
async function close(cell: Int32Array): Promise<boolean> {
  const deadline = performance.now() + giveUpAfterMs;
  for (;;) {
    if (Atomics.compareExchange(cell, 0, state.waiting, state.closed) === state.waiting) return false;
    if (Atomics.compareExchange(cell, 0, state.outside, state.closed) !== state.inside) return true;
    if (performance.now() > deadline) return true;
    await sleep(pollMs);
  }
}

/** What `work` gives, or the signal's reason at once when it aborts. */
export async function orAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
