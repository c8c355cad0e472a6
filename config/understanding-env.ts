import { resolve } from 'node:path';
import { z } from 'zod';

const httpUrl = z.url({ protocol: /^https?$/, error: 'must begin with http:// or https://' });

/** What understanding documents needs; part of `variables` in env.ts. */
export const understandingVariables = {
  RULES_DIR: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Folder of your own rules: extraction-rules.json instead of the shipped one, merchants/*.json beside the shipped ones; read again when they change. By default rules in DATA_DIR.',
    ),
  OPENAI_API_KEY: z
    .string()
    .min(1)
    .optional()
    .describe(
      "Lets OpenAI's embeddings help where the merchant is not sure: the head of such documents is sent there.",
    ),
  OPENAI_BASE_URL: httpUrl
    .default('https://api.openai.com/v1')
    .describe('Where the OpenAI API is, or another service that speaks it.'),
  COHERE_API_KEY: z.string().min(1).optional().describe("The same with Cohere's embeddings; OpenAI's go first."),
  COHERE_BASE_URL: httpUrl.default('https://api.cohere.com').describe('Where the Cohere API is.'),
  EMBEDDING_MODEL: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe('Model of the embeddings; by default text-embedding-3-small (OpenAI), embed-multilingual-v3.0 (Cohere).'),
} as const;

const Environment = z.object(understandingVariables);

export function understandingOf(env: z.infer<typeof Environment>, dataDir: string) {
  return { rulesDir: resolve(env.RULES_DIR ?? `${dataDir}/rules`), embeddings: embeddingsOf(env) };
}

function embeddingsOf(env: z.infer<typeof Environment>) {
  const { OPENAI_API_KEY: openAiKey, COHERE_API_KEY: cohereKey, EMBEDDING_MODEL: model } = env;
  const bare = (url: string) => url.replace(/\/+$/, '');
  if (openAiKey !== undefined) {
    const baseUrl = bare(env.OPENAI_BASE_URL);
    return { provider: 'openai' as const, apiKey: openAiKey, baseUrl, model: model ?? 'text-embedding-3-small' };
  }
  if (cohereKey === undefined) return null;
  const baseUrl = bare(env.COHERE_BASE_URL);
  return { provider: 'cohere' as const, apiKey: cohereKey, baseUrl, model: model ?? 'embed-multilingual-v3.0' };
}
