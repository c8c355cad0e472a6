import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { Config } from '../config/env.ts';
import type { Clock } from './domain/clock.ts';
import type { Forgetful } from './jobs/forget.ts';
import { createChainedReader } from './pipeline/read/outside/chained-reader.ts';
import { createAnswerCache } from './pipeline/read/outside/kept-answers.ts';
import type { OutsideRecogniser } from './pipeline/read/outside/recogniser.ts';
import { outsideRegistry } from './pipeline/read/outside/registry.ts';
import { createReader, type Reader } from './pipeline/read/reader.ts';
import { createProviderMeter } from './resilience/provider-metrics.ts';
import { registerProviderMetrics } from './resilience/register-metrics.ts';
import type { Store } from './store/connect.ts';
import { createRecognitions } from './store/recognitions.ts';

export interface ReadingDeps {
  connection: Store['connection'];
  metrics: Registry;
  /** The intelligence service's client, where one is configured. */
  remote: OutsideRecogniser | null;
  clock: Clock;
  log: Logger;
}

/** Recognisers in the order of OCR_BACKENDS, here and elsewhere; `open` loads those that run here. */
export async function openReading(
  { ocr }: Config,
  deps: ReadingDeps,
): Promise<{ open(): Promise<Reader>; forgetful: Forgetful[] }> {
  const { connection, metrics, remote, clock, log } = deps;
  const open = () => createReader({ ...ocr, log });
  const chain = ocr.chain.flatMap((name, index): (OutsideRecogniser | 'local')[] => {
    if (name !== 'paddle' && name !== 'tesseract') {
      const recogniser = outsideRegistry[name]({ ...ocr, remote });
      return recogniser ? [recogniser] : [];
    }
    return ocr.chain.findIndex((one) => one === 'paddle' || one === 'tesseract') === index ? ['local'] : [];
  });
  if (chain.every((link) => link === 'local')) return { open, forgetful: [] };

  const recognitions = await createRecognitions(connection, clock);
  const meter = createProviderMeter();
  registerProviderMetrics(metrics, meter);
  const cache = createAnswerCache(recognitions);
  return {
    open: async () => createChainedReader({ ...ocr, local: await open(), chain, cache, meter, log }),
    forgetful: [recognitions],
  };
}
