/** Time as a parameter, so that tests never sleep. */
export interface Clock {
  now(): Date;
  /** Resolves after `ms`, or rejects at once when `signal` aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
