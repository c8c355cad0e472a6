import { randomUUID } from 'node:crypto';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Intake } from '../../channels/channel.ts';
import type { Clock } from '../../domain/clock.ts';
import { Failure, type FailureCode } from '../../domain/failure.ts';
import { Language } from '../../domain/language.ts';
import { Profile } from '../../domain/reading.ts';
import { Priority } from '../../domain/ticket.ts';
import { createAtMost } from '../../http/at-most.ts';
import { type DescribeFailure, statusOf } from '../../http/error-handler.ts';
import { languageOf } from '../../http/language.ts';
import { parse } from '../../http/parse.ts';
import { createRateLimiter } from '../../http/rate-limit.ts';
import { type SpooledFile, type SpooledUpload, spoolUpload, takenInAtOnce } from '../../http/spooled-upload.ts';
import { describeRoute } from '../describe-route.ts';
import { storedName } from '../stored-name.ts';

const MetadataValue = z.string().trim().max(200).optional();
const Metadata = z.object({
  numerosorteo: MetadataValue,
  fechasorteo: MetadataValue,
  idWhatsapp: MetadataValue,
  nombre: MetadataValue,
  horamin: MetadataValue,
});

const UploadForm = Metadata.extend({
  profile: Profile.optional(),
  language: Language.optional(),
  priority: Priority.optional(),
});
type UploadForm = z.infer<typeof UploadForm>;

/** The client's own name of the request; sent again, it makes no second ticket. */
const UploadHeaders = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/)
    .optional(),
});

const Kept = z.object({
  original_name: z.string(),
  stored_name: z.string(),
  ticket_id: z.string(),
  /** On the same bytes as before: the ticket that has them. */
  duplicate_of: z.string().nullable(),
  metadata: z.record(z.string(), z.string()),
});
const Refused = z.object({ original_name: z.string(), error: z.object({ code: z.string(), message: z.string() }) });

const UploadAnswer = z.object({
  /** False when no file was kept; the status is then that of the first refusal. */
  success: z.boolean(),
  files_uploaded: z.int(),
  files_processed: z.array(Kept),
  files_failed: z.array(Refused),
});
type UploadAnswer = z.infer<typeof UploadAnswer>;

export const uploadRoute = describeRoute({
  method: 'post',
  path: '/api/upload',
  summary: 'Hands in documents: up to 50 files or 100 MB, 16 MB each, as `files` of a multipart form',
  form: UploadForm,
  response: UploadAnswer,
});

/** Uploads a minute from one address, after a burst. */
const addressLimit = { burst: 120, perSecond: 2 };

export interface UploadDeps {
  companyId: string;
  language: Language;
  intake: Intake;
  describeFailure: DescribeFailure;
  clock: Clock;
}

export function createUploadRoute(deps: UploadDeps): FastifyPluginAsync {
  const limitAddress = createRateLimiter(addressLimit, deps.clock);
  const atMost = createAtMost(takenInAtOnce);

  return async function uploadRoutes(app) {
    app.post(uploadRoute.path, async (request, reply) => {
      limitAddress(request.ip);
      const headers = parse(UploadHeaders, request.headers);
      await using upload = await spoolUpload(request);
      // Awaited here: the files are removed when this function ends.
      return await atMost(() => takeAll(deps, request, reply, upload, headers['idempotency-key'] ?? randomUUID()));
    });
  };
}

async function takeAll(
  deps: UploadDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  upload: SpooledUpload,
  message: string,
): Promise<UploadAnswer> {
  const form = parse(UploadForm, upload.fields);
  if (upload.files.length === 0) throw new Failure('invalid-request', 'ask', 'no file in the form');
  const answer: UploadAnswer = { success: false, files_uploaded: 0, files_processed: [], files_failed: [] };
  const language = form.language ?? languageOf(request, deps.language);
  const refusals: FailureCode[] = [];
  for (const [position, file] of upload.files.entries()) {
    try {
      answer.files_processed.push(await take(deps, form, language, file, position, message));
    } catch (error) {
      if (!(error instanceof Failure) || error.recovery !== 'ask') throw error;
      refusals.push(error.code);
      const told = { code: error.code, message: deps.describeFailure(error.code, language) };
      answer.files_failed.push({ original_name: file.name, error: told });
    }
  }
  answer.files_uploaded = answer.files_processed.length;
  answer.success = answer.files_uploaded > 0;
  const [firstRefusal] = refusals;
  if (!answer.success && firstRefusal) reply.status(statusOf[firstRefusal]);
  return answer;
}

async function take(
  { companyId, intake }: UploadDeps,
  form: UploadForm,
  language: Language,
  file: SpooledFile,
  position: number,
  message: string,
): Promise<z.infer<typeof Kept>> {
  if (file.isTooLarge) throw new Failure('too-large', 'ask', 'file over the limit');
  const { profile, priority } = form;
  const metadata = given(Metadata.parse(form));
  const name = storedName(file.name, metadata, position);
  const bytes = await file.read();
  const ticket = await intake({
    companyId,
    source: { channel: 'upload', account: 'api', chat: metadata.idWhatsapp ?? 'api', message, attachment: position },
    fileName: name,
    bytes,
    language,
    metadata: { ...metadata, originalName: file.name.slice(0, 200) },
    ...(profile ? { profile } : {}),
    ...(priority ? { priority } : {}),
  });
  const { id, duplicateOf } = ticket;
  return { original_name: file.name, stored_name: name, ticket_id: id, duplicate_of: duplicateOf, metadata };
}

function given(metadata: z.infer<typeof Metadata>): Record<string, string> {
  return Object.fromEntries(Object.entries(metadata).filter((entry): entry is [string, string] => Boolean(entry[1])));
}
