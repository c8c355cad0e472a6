import { z } from 'zod';
import { DocumentKind, Fields, MerchantCandidate, MerchantMatch, Reason } from '../domain/document.ts';
import { Profile, Reading } from '../domain/reading.ts';

/** `POST /ocr/process` as JSON (seed 3); the multipart form has the same names, and the file as `file`. */
export const OcrForm = z.object({
  ticket_id: z.string().max(200).optional(),
  file_name: z.string().max(200).optional(),
  profile: Profile.optional(),
});
export const OcrRequest = OcrForm.extend({ file_content_b64: z.base64().min(1) });
export type OcrRequest = z.infer<typeof OcrRequest>;

export const OcrAnswer = z.object({
  ticket_id: z.string().nullable(),
  file_name: z.string().nullable(),
  mime: z.string(),
  /** In reading order, a printed row a line. */
  text: z.string(),
  provider: z.string(),
  confidence: z.number(),
  ms: z.number(),
  kind: DocumentKind,
  merchant: MerchantMatch.nullable(),
  candidates: z.array(MerchantCandidate),
  fields: Fields,
  reasons: z.array(Reason),
  /** With places, in pixels of the upright pages. */
  reading: Reading,
});
export type OcrAnswer = z.infer<typeof OcrAnswer>;
