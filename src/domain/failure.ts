/**
 * What is done about a failure, decided where it is thrown and nowhere else:
 * `retry`: try again with back-off, at most three times; `ask`: the user can mend it (another photo, a password removed);
 * `review`: a person of the team has to look; `dead-letter`: keep it with its reason for an operator.
 */
export type Recovery = 'retry' | 'ask' | 'review' | 'dead-letter';

/** Stable names; `notifier/texts` has one text per language for each: a missing one is a type error. */
export const failureCodes = [
  'empty-file',
  'too-large',
  'too-many-files',
  'unsupported-type',
  'several-invoices',
  'damaged-file',
  'image-too-large',
  'too-many-pages',
  'encrypted-pdf',
  'no-text',
  'read-timeout',
  'reader-unavailable',
  'provider-unavailable',
  'no-certificate',
  'accounting-refused',
  'database-unavailable',
  'bus-unavailable',
  'channel-unavailable',
  'secret-unreadable',
  'browser-unavailable',
  'portal-unavailable',
  'portal-changed',
  'portal-unsure',
  'no-portal',
  'no-fiscal-profile',
  'invoice-not-ours',
  'not-found',
  'invalid-request',
  'forbidden',
  'unknown-host',
  'too-many-requests',
  'internal',
] as const;
export type FailureCode = (typeof failureCodes)[number];

/** An expected failure. Everything else that is thrown is a bug and is reported as `internal`. */
export class Failure extends Error {
  readonly code: FailureCode;
  readonly recovery: Recovery;

  /** `message` is for the log and the operator, in English; users get the text of `code`. */
  constructor(code: FailureCode, recovery: Recovery, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'Failure';
    this.code = code;
    this.recovery = recovery;
  }
}

/** Makes a Failure of whatever was thrown: a bug becomes `internal`, retried and then dead-lettered. */
export function toFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  return new Failure('internal', 'retry', error instanceof Error ? error.message : String(error), { cause: error });
}
