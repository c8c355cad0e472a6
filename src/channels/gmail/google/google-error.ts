import { z } from 'zod';

/** What Google answered that is no success, or why there was no answer (`status` 0). */
export class GoogleError extends Error {
  readonly status: number;
  /** Google's word for it: `userRateLimitExceeded`, `invalid_grant`, …; empty where it gave none. */
  readonly reason: string;
  /** When Google wants to be asked again; null where it does not say. */
  readonly retryAt: Date | null;

  constructor(status: number, reason: string, message: string, retryAt: Date | null = null, cause?: unknown) {
    super(message, { cause });
    this.name = 'GoogleError';
    this.status = status;
    this.reason = reason;
    this.retryAt = retryAt;
  }
}

/**
 * What follows from a refusal, in one place (reasons: https://developers.google.com/workspace/gmail/api/guides/handle-errors, 2026-06):
 *
 * | Google says                                                     | kind      | what follows                                        |
 * |-----------------------------------------------------------------|-----------|-----------------------------------------------------|
 * | 429; 403 with a rate or quota reason                            | `limited` | the mailbox is left alone until `suspendUntil`      |
 * | token endpoint: `invalid_grant`; 403 that lacks a permission    | `revoked` | the mailbox is suspended and its owner told         |
 * | 401                                                             | `expired` | a fresh access token, once, then `away`             |
 * | 404, 410                                                        | `gone`    | whoever asked decides                               |
 * | 408, 5xx, no answer, 403 `accessNotConfigured`, `invalid_client`| `away`    | tried again, then later, with longer and longer pauses |
 * | other 4xx                                                       | `refused` | is not asked again                                  |
 */
export type GoogleRefusal = 'limited' | 'revoked' | 'expired' | 'gone' | 'away' | 'refused';

const limits: ReadonlySet<string> = new Set([
  ...['userRateLimitExceeded', 'rateLimitExceeded', 'dailyLimitExceeded', 'quotaExceeded', 'limitExceeded'],
  ...['concurrentRequestsLimitExceeded', 'RATE_LIMIT_EXCEEDED', 'RESOURCE_EXHAUSTED'],
]);
const lacking: ReadonlySet<string> = new Set([
  ...[
    'invalid_grant',
    'insufficientPermissions',
    'ACCESS_TOKEN_SCOPE_INSUFFICIENT',
    'domainPolicy',
    'delegationDenied',
  ],
]);
/** Mended by an operator in Google Cloud, not by the mailbox's owner. */
const misconfigured: ReadonlySet<string> = new Set([
  'accessNotConfigured',
  'SERVICE_DISABLED',
  'invalid_client',
  'unauthorized_client',
]);

export function refusalOf(error: unknown): GoogleRefusal | null {
  if (!(error instanceof GoogleError)) return null;
  const { status, reason } = error;
  if (status === 429 || limits.has(reason)) return 'limited';
  if (lacking.has(reason)) return 'revoked';
  if (misconfigured.has(reason)) return 'away';
  if (status === 401) return 'expired';
  if (status === 404 || status === 410) return 'gone';
  if (status === 0 || status === 408 || status >= 500) return 'away';
  return 'refused';
}

/** `{ error: { errors: [{ reason }], status, message, details: [{ reason }] } }` of the API, `{ error, error_description }` of OAuth. */
const ApiBody = z.object({
  error: z.object({
    message: z.string().optional(),
    status: z.string().optional(),
    errors: z.array(z.object({ reason: z.string().optional() })).optional(),
    details: z.array(z.object({ reason: z.string().optional() })).optional(),
  }),
});
const OAuthBody = z.object({ error: z.string(), error_description: z.string().optional() });

const maxMessageLength = 300;

/** Reads an answer that is no success. `body` is what came, parsed where it was JSON. */
export function googleErrorOf(status: number, body: unknown, retryAfter: string | null, now: Date): GoogleError {
  const oauth = OAuthBody.safeParse(body);
  if (oauth.success) {
    const { error, error_description: description } = oauth.data;
    return new GoogleError(status, error, `${status} ${error}: ${description ?? ''}`.slice(0, maxMessageLength));
  }
  const api = ApiBody.safeParse(body);
  const found = api.success ? api.data.error : {};
  const message = found.message ?? '';
  // The older list says more exactly what the newer status says in general.
  const reason = found.errors?.[0]?.reason ?? found.details?.find((one) => one.reason)?.reason ?? found.status ?? '';
  const retryAt = retryTime(retryAfter, message, now);
  return new GoogleError(status, reason, `${status} ${reason} ${message}`.trim().slice(0, maxMessageLength), retryAt);
}

/** By the header, in seconds or as a date, or by Gmail's words: "Retry after 2026-07-06T10:00:00.000Z". */
function retryTime(header: string | null, message: string, now: Date): Date | null {
  const seconds = Number(header ?? Number.NaN);
  if (header !== null && Number.isFinite(seconds)) return new Date(now.getTime() + Math.max(0, seconds) * 1_000);
  const words = /retry after (\d{4}-\d\d-\d\dT[\d:.]+Z)/i.exec(message)?.[1] ?? header;
  const at = words === null ? Number.NaN : Date.parse(words);
  return Number.isNaN(at) ? null : new Date(at);
}
