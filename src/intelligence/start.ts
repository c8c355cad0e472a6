import type { Logger } from 'pino';
import { type Config, ConfigError } from '../../config/env.ts';
import type { Clock } from '../domain/clock.ts';
import { describeFailure } from '../notifier/describe.ts';
import type { Reader } from '../pipeline/read/reader.ts';
import type { Understanding } from '../pipeline/understanding.ts';
import { createIntelligence } from './server.ts';

export interface IntelligenceParts {
  reader: Pick<Reader, 'read'>;
  understanding: Pick<Understanding, 'classify' | 'extract'>;
  clock: Clock;
  log: Logger;
}

export interface IntelligenceService extends AsyncDisposable {
  address: string;
}

/** Listens; disposing lets the documents in hand end. @throws {ConfigError} when the port is taken. */
export async function startIntelligence(config: Config, parts: IntelligenceParts): Promise<IntelligenceService> {
  const { host } = config.http;
  const { port, apiKey } = config.intelligence;
  const { workers, profile } = config.ocr;
  const { language } = config;
  const app = await createIntelligence({ ...parts, apiKey, workers, profile, language, describeFailure });
  try {
    return { address: await app.listen({ host, port }), [Symbol.asyncDispose]: () => app.close() };
  } catch (cause) {
    await app.close();
    throw new ConfigError(
      `No se puede escuchar en ${host}:${port}: elige otro INTELLIGENCE_PORT.
Cannot listen on ${host}:${port}: choose another INTELLIGENCE_PORT.`,
      { cause },
    );
  }
}
