import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import type { Ends } from './store.ts';

export interface EmbeddingServer {
  /** Of the OpenAI API (with /v1) and of Cohere's. */
  openAiUrl: string;
  cohereUrl: string;
  /** The texts of each call, in order. */
  calls: string[][];
  /** What the next calls answer instead, by status; 0: never. */
  fail(status: number | null): void;
}

const OpenAiBody = z.strictObject({
  model: z.literal('text-embedding-3-small'),
  input: z.array(z.string().min(1)).min(1).max(2048),
  encoding_format: z.literal('float'),
});
const CohereBody = z.strictObject({
  model: z.literal('embed-multilingual-v3.0'),
  texts: z.array(z.string().min(1)).min(1).max(96),
  input_type: z.enum(['search_query', 'search_document']),
  embedding_types: z.tuple([z.literal('float')]),
});

/** Speaks both wire formats and refuses whatever they would refuse. Its vectors count words, so texts that share words are near. */
export async function anEmbeddingServer(t: Ends, apiKey = 'test-key'): Promise<EmbeddingServer> {
  const calls: string[][] = [];
  let failure: number | null = null;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const isOpenAi = request.url === '/v1/embeddings';
    if (request.method !== 'POST' || (!isOpenAi && request.url !== '/v2/embed')) return send(response, 404, {});
    if (request.headers.authorization !== `Bearer ${apiKey}`) return send(response, 401, { message: 'invalid key' });
    if (request.headers['content-type'] !== 'application/json') return send(response, 415, {});
    const body: unknown = JSON.parse(await textOf(request));
    const parsed = isOpenAi ? OpenAiBody.safeParse(body) : CohereBody.safeParse(body);
    if (!parsed.success) return send(response, 400, { error: { message: z.prettifyError(parsed.error) } });
    const texts = 'input' in parsed.data ? parsed.data.input : parsed.data.texts;
    calls.push([...texts]);
    if (failure === 0) return;
    if (failure !== null) return send(response, failure, { message: 'no' });
    const vectors = texts.map(wordVector);
    const openAi = {
      object: 'list',
      data: vectors.map((embedding, index) => ({ object: 'embedding', index, embedding })).reverse(),
    };
    send(response, 200, isOpenAi ? openAi : { id: 'x', embeddings: { float: vectors }, texts });
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  // A server that listens on a port has an address with one.
  const { port } = server.address() as AddressInfo;
  const root = `http://127.0.0.1:${port}`;
  const fail = (status: typeof failure) => {
    failure = status;
  };
  return { openAiUrl: `${root}/v1`, cohereUrl: root, calls, fail };
}

function wordVector(text: string): number[] {
  const vector = Array.from({ length: 64 }, () => 0.01);
  for (const word of text.toLowerCase().match(/[a-zñáéíóú]{3,}/g) ?? []) {
    const place = [...word].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) % 64, 7);
    vector[place] = (vector[place] ?? 0) + 1;
  }
  return vector;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
