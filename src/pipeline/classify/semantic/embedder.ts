import { z } from 'zod';
import { Failure } from '../../../domain/failure.ts';

/** Whether a text is looked for or looked in; some models make different vectors of it. */
export type TextRole = 'query' | 'document';

/** A service that makes vectors of texts. */
export interface Embedder {
  readonly provider: string;
  readonly model: string;
  /** Texts of one call at most. */
  readonly batchSize: number;
  /** One vector a text, in order, all of one length. Throws Failure `provider-unavailable` when the answer is none. */
  embed(texts: readonly string[], role: TextRole, signal: AbortSignal): Promise<number[][]>;
}

export interface EmbedderSettings {
  apiKey: string;
  /** Without a slash at its end. */
  baseUrl: string;
  model: string;
}

export const Vectors = z.array(z.array(z.number()).min(1).max(8_192));

/** Larger answers are none of ours: 96 vectors of 8,192 numbers as text. */
const maxAnswerBytes = 16 * 1024 * 1024;

/** Posts JSON and gives the parsed answer; what a provider says in an error stays out of the message, since it may quote the text. */
export async function postJson<T extends z.ZodType>(
  url: string,
  apiKey: string,
  body: object,
  { schema, signal }: { schema: T; signal: AbortSignal },
): Promise<z.infer<T>> {
  const response = await fetch(url, {
    method: 'POST',
    redirect: 'error',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
    signal,
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Failure('provider-unavailable', 'retry', `${new URL(url).host} answered ${response.status}`);
  }
  const parsed = schema.safeParse(JSON.parse(await textWithin(response, maxAnswerBytes)));
  if (!parsed.success)
    throw new Failure('provider-unavailable', 'retry', `${new URL(url).host} answered something else`);
  return parsed.data;
}

async function textWithin(response: Response, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new Failure('provider-unavailable', 'retry', 'an answer beyond all measure');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
