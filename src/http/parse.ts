import type { z } from 'zod';
import { Failure } from '../domain/failure.ts';

/**
 * Parses what a client sent.
 * @throws {Failure} `invalid-request`, with the ZodError as its cause, so that the answer can name the wrong fields.
 */
export function parse<T extends z.ZodType>(schema: T, data: unknown): z.infer<T> {
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  const names = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw new Failure('invalid-request', 'ask', `wrong or missing: ${names}`, { cause: parsed.error });
}
