import { fileURLToPath } from 'node:url';

import type { Logger } from 'pino';
import type { Config } from '../config/env.ts';
import type { Clock } from './domain/clock.ts';
import type { Forgetful } from './jobs/forget.ts';
import { createClassifier } from './pipeline/classifier.ts';
import { createCohereEmbedder } from './pipeline/classify/semantic/cohere.ts';
import { createOpenAiEmbedder } from './pipeline/classify/semantic/openai.ts';
import { createSemantic } from './pipeline/classify/semantic/semantic.ts';
import { createLearning, type Learning } from './pipeline/learning.ts';
import { type LiveUnderstanding, openLiveUnderstanding } from './pipeline/live-understanding.ts';
import { createGuardedCall } from './resilience/guarded-call.ts';
import type { Store } from './store/connect.ts';
import { createEmbeddingCache } from './store/embeddings.ts';
import { createLessons, type Lessons } from './store/lessons.ts';
import type { Readings } from './store/readings.ts';

/** For one call to an embedding service: a document waits for it. */
const embeddingTimeoutMs = 10_000;
const embedders = { openai: createOpenAiEmbedder, cohere: createCohereEmbedder };

export interface UnderstandingParts extends AsyncDisposable {
  live: LiveUnderstanding;
  learning: Learning;
  lessons: Lessons;
  classify: ReturnType<typeof createClassifier>;
  forgetful: Forgetful[];
}

export interface UnderstandingDeps {
  connection: Store['connection'];
  readings: Readings;
  clock: Clock;
  log: Logger;
}

/** What is known about documents: rules and merchants that may change, what people taught, and embeddings where a key is set. */
export async function openUnderstanding(
  { understanding: settings }: Pick<Config, 'understanding'>,
  { connection, readings, clock, log }: UnderstandingDeps,
): Promise<UnderstandingParts> {
  const configDir = fileURLToPath(new URL('../config', import.meta.url));
  const live = await openLiveUnderstanding({ configDir, rulesDir: settings.rulesDir, clock, log });
  const { catalog } = live;
  const lessons = await createLessons(connection, clock);
  const learning = createLearning({ lessons, readings, catalog, clock, log });
  const cache = await createEmbeddingCache(connection, clock);
  const embedder = settings.embeddings && embedders[settings.embeddings.provider](settings.embeddings);
  const semantic =
    embedder &&
    createSemantic({
      ...{ embedder, cache, catalog, log },
      guarded: createGuardedCall({ provider: embedder.provider, timeoutMs: embeddingTimeoutMs }),
    });
  return {
    ...{ live, learning, lessons, forgetful: [lessons, cache] },
    classify: createClassifier({ understanding: live, learning, semantic }),
    [Symbol.asyncDispose]: () => live[Symbol.asyncDispose](),
  };
}
