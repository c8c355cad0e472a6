import { Failure } from '../../domain/failure.ts';

/** For calls of Baileys, which wait for answers that may never come. @throws {Failure} `channel-unavailable` (retry) when it takes longer. */
export async function withinTime<T>(work: Promise<T>, timeLimitMs: number): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const tooLong = () =>
    reject(new Failure('channel-unavailable', 'retry', `WhatsApp did not answer in ${timeLimitMs} ms`));
  const timer = setTimeout(tooLong, timeLimitMs);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
