import type { Worker } from 'node:worker_threads';

const checkEveryMs = 50;
const bytesPerMb = 1024 * 1024;

/**
 * Calls `onExceeded` when a thread holds more than `limitMb` outside its JavaScript heap, where unpacked streams and
 * pictures are and no limit of Node's applies. A PDF of 3 MB can unpack to gigabytes. Asks from outside, so it works
 * while the thread is busy.
 */
export function watchMemory(worker: Worker, limitMb: number, onExceeded: () => void): Disposable {
  const timer = setInterval(() => {
    worker.getHeapStatistics().then(
      ({ external_memory: bytes }) => {
        if (bytes > limitMb * bytesPerMb) onExceeded();
      },
      // The thread has ended: its job is told so elsewhere.
      () => undefined,
    );
  }, checkEveryMs);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
