import { z } from 'zod';
import { Failure } from '../../../domain/failure.ts';
import { type Embedder, type EmbedderSettings, postJson, Vectors } from './embedder.ts';

/** https://docs.cohere.com/reference/embed (v2) */
const Answer = z.object({ embeddings: z.object({ float: Vectors }) });

export function createCohereEmbedder({ apiKey, baseUrl, model }: EmbedderSettings): Embedder {
  return {
    provider: 'cohere',
    model,
    batchSize: 96,
    embed: async (texts, role, signal) => {
      const body = { model, texts, input_type: `search_${role}`, embedding_types: ['float'] };
      const { embeddings } = await postJson(`${baseUrl}/v2/embed`, apiKey, body, { schema: Answer, signal });
      if (embeddings.float.length !== texts.length) {
        throw new Failure('provider-unavailable', 'retry', 'cohere left vectors out');
      }
      return embeddings.float;
    },
  };
}
