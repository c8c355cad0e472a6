import multipart from '@fastify/multipart';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest, LogController } from 'fastify';
import type { Logger } from 'pino';
import { requireApiKey } from '../api/security.ts';
import type { Clock } from '../domain/clock.ts';
import { Failure } from '../domain/failure.ts';
import type { Language } from '../domain/language.ts';
import { type Profile, readingText } from '../domain/reading.ts';
import { createErrorHandler, type DescribeFailure } from '../http/error-handler.ts';
import { parse } from '../http/parse.ts';
import { latestDate } from '../pipeline/latest-date.ts';
import { identifyFile, maxFileBytes } from '../pipeline/read/identify-file.ts';
import type { Reader } from '../pipeline/read/reader.ts';
import type { Understanding } from '../pipeline/understanding.ts';
import { answerNextShop } from '../prediction/answer-next-shop.ts';
import { NextShopRequest } from '../prediction/contract.ts';
import { createAdmission } from './admission.ts';
import { type OcrAnswer, OcrForm, OcrRequest } from './contract.ts';

export interface IntelligenceDeps {
  reader: Pick<Reader, 'read'>;
  understanding: Pick<Understanding, 'classify' | 'extract'>;
  /** Null: open, on loopback only. */
  apiKey: string | null;
  /** Documents read at once; twice as many are let in. */
  workers: number;
  /** Where a request names none. */
  profile: Profile;
  language: Language;
  describeFailure: DescribeFailure;
  clock: Clock;
  log: Logger;
}

interface Document {
  form: { ticket_id?: string | undefined; file_name?: string | undefined; profile?: Profile | undefined };
  bytes: Buffer;
}

/** A document of the largest size as base64, and the JSON around it. */
const maxJsonBytes = Math.ceil((maxFileBytes * 4) / 3) + 64 * 1024;
/** Of a prediction: five thousand purchases. */
const maxHistoryBytes = 2 * 1024 * 1024;
const requestTimeoutMs = 60_000;

/** Reading and prediction as an HTTP service that needs neither database nor bus; ready to `listen`, closed by the caller. */
export async function createIntelligence(deps: IntelligenceDeps): Promise<FastifyInstance> {
  const { log, describeFailure, language, workers, clock } = deps;
  const loggerInstance: FastifyBaseLogger = log;
  const app = Fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    requestTimeout: requestTimeoutMs,
    forceCloseConnections: true,
  });
  const admission = createAdmission(2 * workers);
  app.setErrorHandler(createErrorHandler(describeFailure, language));
  app.setNotFoundHandler(() => {
    throw new Failure('not-found', 'ask', 'no such route');
  });
  await app.register(multipart, { limits: { files: 1, fileSize: maxFileBytes, fields: 5, fieldSize: 1_000 } });
  app.get('/health', async () => {
    return { status: 'ready', workers, in_use: admission.inUse(), most: admission.most };
  });
  await app.register(async (guarded) => {
    guarded.addHook('onRequest', requireApiKey(deps.apiKey ?? undefined));
    guarded.post('/ocr/process', { bodyLimit: maxJsonBytes, onRequest: admission.enter }, async (request) => {
      using gone = abortWhenGone(request);
      // Awaited here: whoever goes away is listened to until this function ends.
      return await process(deps, await documentOf(request), gone.signal);
    });
    guarded.post('/predict/next-shop', { bodyLimit: maxHistoryBytes }, async (request) => {
      return answerNextShop(parse(NextShopRequest, request.body), clock.now());
    });
  });
  return app;
}

async function documentOf(request: FastifyRequest): Promise<Document> {
  if (!request.isMultipart()) {
    const { file_content_b64: content, ...form } = parse(OcrRequest, request.body);
    return { form, bytes: Buffer.from(content, 'base64') };
  }
  const fields: Record<string, string> = {};
  let file: { bytes: Buffer; name: string } | null = null;
  for await (const part of request.parts()) {
    if (part.type === 'file') file = { bytes: await part.toBuffer(), name: part.filename ?? '' };
    else if (typeof part.value === 'string') fields[part.fieldname] = part.value;
  }
  if (!file) throw new Failure('invalid-request', 'ask', 'no file in the form');
  return { form: parse(OcrForm, { file_name: file.name.slice(0, 200), ...fields }), bytes: file.bytes };
}

async function process(deps: IntelligenceDeps, { form, bytes }: Document, signal: AbortSignal): Promise<OcrAnswer> {
  const { reader, understanding, clock } = deps;
  const { mime, kind: fileKind } = await identifyFile(bytes, form.file_name ?? 'document');
  if (fileKind === 'e-invoice') throw new Failure('unsupported-type', 'ask', 'an e-invoice is parsed, not read');
  const reading = await reader.read({ bytes, mime, profile: form.profile ?? deps.profile, signal });
  const classification = understanding.classify(reading);
  const { fields, reasons } = understanding.extract(reading, classification, latestDate(clock.now()));
  const { kind, merchant, candidates } = classification;
  const { provider, confidence, ms } = reading;
  return {
    ...{ ticket_id: form.ticket_id ?? null, file_name: form.file_name ?? null, mime, text: readingText(reading) },
    ...{ provider, confidence, ms, kind, merchant, candidates, fields, reasons, reading },
  };
}

/** A client that does not wait any more frees its reading thread. */
function abortWhenGone(request: FastifyRequest): Disposable & { signal: AbortSignal } {
  const going = new AbortController();
  const onEnd = () => going.abort(new Failure('invalid-request', 'ask', 'the client went away'));
  request.raw.socket.once('close', onEnd);
  return {
    signal: going.signal,
    [Symbol.dispose]: () => void request.raw.socket.off('close', onEnd),
  };
}
