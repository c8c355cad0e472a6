/**
 * Which threads have loaded their models, in memory that all of them share: a thread writes its id into its slot. Ids only
 * grow, so that a slot used again names another thread.
 */
const slots = 1024;

export function createLoadedThreads(): SharedArrayBuffer {
  return new SharedArrayBuffer(slots * Int32Array.BYTES_PER_ELEMENT);
}

export function noteLoaded(loaded: SharedArrayBuffer, threadId: number): void {
  Atomics.store(new Int32Array(loaded), threadId % slots, threadId);
}

export function hasLoaded(loaded: SharedArrayBuffer, threadId: number): boolean {
  return Atomics.load(new Int32Array(loaded), threadId % slots) === threadId;
}
