import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Failure, type FailureCode, toFailure } from '../domain/failure.ts';
import type { Language } from '../domain/language.ts';
import { languageOf } from './language.ts';

/** The status of each failure. 503 asks the client to come again, 4xx to send something else. */
export const statusOf: Readonly<Record<FailureCode, number>> = {
  'empty-file': 422,
  'too-large': 413,
  'too-many-files': 413,
  'unsupported-type': 415,
  'several-invoices': 422,
  'damaged-file': 422,
  'image-too-large': 422,
  'too-many-pages': 422,
  'encrypted-pdf': 422,
  'no-text': 422,
  'read-timeout': 503,
  'reader-unavailable': 503,
  'provider-unavailable': 503,
  'no-certificate': 422,
  'accounting-refused': 502,
  'database-unavailable': 503,
  'bus-unavailable': 503,
  'secret-unreadable': 500,
  'browser-unavailable': 503,
  'portal-unavailable': 503,
  'portal-changed': 502,
  'portal-unsure': 502,
  'no-portal': 422,
  'no-fiscal-profile': 422,
  'invoice-not-ours': 502,
  'channel-unavailable': 503,
  'not-found': 404,
  'invalid-request': 400,
  forbidden: 403,
  'unknown-host': 403,
  'too-many-requests': 429,
  internal: 500,
};

/** The body of every answer that is no success. */
export const ErrorBody = z.object({
  error: z.object({
    code: z.string(),
    /** For the person, in their language. */
    message: z.string(),
    /** Parameters that are wrong or missing. */
    fields: z.array(z.string()).optional(),
  }),
});
export type ErrorBody = z.infer<typeof ErrorBody>;

export type DescribeFailure = (code: FailureCode, language: Language) => string;

const retryAfterSeconds = 5;

/** Turns whatever a route threw into a status and an ErrorBody; internals stay in the log. */
export function createErrorHandler(describe: DescribeFailure, byDefault: Language) {
  return function onError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const failure = fromFramework(error) ?? toFailure(error);
    const status = statusOf[failure.code];
    if (status >= 500) request.log.error({ err: error, code: failure.code }, 'request failed');
    if (status === 429 || status === 503) reply.header('retry-after', retryAfterSeconds);
    return reply.status(status).send(errorBody(failure, describe, languageOf(request, byDefault)));
  };
}

function errorBody(failure: Failure, describe: DescribeFailure, language: Language): ErrorBody {
  const { code, cause } = failure;
  const fields = cause instanceof z.ZodError ? cause.issues.map((issue) => issue.path.join('.')) : undefined;
  return { error: { code, message: describe(code, language), ...(fields ? { fields } : {}) } };
}

/** Fastify's own refusals (malformed JSON, unknown content type, body too large) carry a 4xx status. */
function fromFramework(error: FastifyError): Failure | undefined {
  if (error instanceof Failure) return undefined;
  const status = error.statusCode ?? 500;
  if (status >= 500 || status < 400) return undefined;
  const byStatus: Partial<Record<number, FailureCode>> = {
    404: 'not-found',
    413: 'too-large',
    415: 'unsupported-type',
  };
  return new Failure(byStatus[status] ?? 'invalid-request', 'ask', error.message);
}
