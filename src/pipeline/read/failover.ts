import { Failure } from '../../domain/failure.ts';
import type { EngineName, FoundLine, OcrEngine } from './engine.ts';
import type { Engines } from './read-document.ts';

export type OpenEngine = { readonly name: EngineName; open(): Promise<OcrEngine> };
export type FailoverEngines = Engines & { warm(): Promise<void>; close(): Promise<void> };

/**
 * The engines in order of preference. The first is opened by `warm`; the others when one before them fails.
 * An engine that fails on a page is closed and opened anew for the next one; `onFailure` is told each time.
 * When all fail, `read` throws `reader-unavailable` (retry).
 */
export function createFailoverEngines(
  candidates: readonly OpenEngine[],
  onFailure: (engine: EngineName, error: unknown) => void,
): FailoverEngines {
  const opened = new Map<EngineName, Promise<OcrEngine>>();

  function open(candidate: OpenEngine): Promise<OcrEngine> {
    const engine = opened.get(candidate.name) ?? candidate.open();
    opened.set(candidate.name, engine);
    return engine;
  }

  async function discard({ name }: OpenEngine): Promise<void> {
    const engine = opened.get(name);
    opened.delete(name);
    await engine?.then((broken) => broken.close()).catch(() => undefined);
  }

  return {
    async warm() {
      // Nothing is read here: documents are only prepared for recognisers elsewhere.
      if (candidates.length === 0) return;
      for (const candidate of candidates) {
        try {
          await open(candidate);
          return;
        } catch (error) {
          onFailure(candidate.name, error);
          await discard(candidate);
        }
      }
      throw new Failure('reader-unavailable', 'retry', 'no text recogniser could be started');
    },
    async read(raster, profile, how = {}): Promise<{ provider: string; lines: readonly FoundLine[] }> {
      for (const candidate of how.isSecond ? candidates.slice(1) : candidates) {
        try {
          const engine = await open(candidate);
          return { provider: engine.name, lines: await engine.read(raster, profile, how) };
        } catch (error) {
          onFailure(candidate.name, error);
          await discard(candidate);
        }
      }
      throw new Failure('reader-unavailable', 'retry', 'every text recogniser failed on this page');
    },
    async close() {
      await Promise.all(candidates.map(discard));
    },
  };
}
