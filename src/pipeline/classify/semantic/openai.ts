import { z } from 'zod';
import { Failure } from '../../../domain/failure.ts';
import { type Embedder, type EmbedderSettings, postJson, Vectors } from './embedder.ts';

/** https://platform.openai.com/docs/api-reference/embeddings/create */
const Answer = z.object({ data: z.array(z.object({ index: z.int().min(0), embedding: Vectors.element })) });

/** OpenAI's embeddings, and those of whoever speaks its API. */
export function createOpenAiEmbedder({ apiKey, baseUrl, model }: EmbedderSettings): Embedder {
  return {
    provider: 'openai',
    model,
    batchSize: 256,
    embed: async (texts, _role, signal) => {
      const body = { model, input: texts, encoding_format: 'float' };
      const { data } = await postJson(`${baseUrl}/embeddings`, apiKey, body, { schema: Answer, signal });
      const byIndex = new Map(data.map(({ index, embedding }) => [index, embedding]));
      return texts.map((_, index) => {
        const vector = byIndex.get(index);
        if (!vector) throw new Failure('provider-unavailable', 'retry', 'openai left a vector out');
        return vector;
      });
    },
  };
}
