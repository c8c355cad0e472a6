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

const Moment = z.union([z.iso.datetime({ offset: true, local: true }), z.iso.date()]);

/** `POST /predict/next-shop` (seed 3). A time without a zone is taken as it stands: what counts is hours and weekdays, all in one zone. */
export const NextShopRequest = z.object({
  user_context: z.object({ current_time: Moment.optional(), is_weekend: z.boolean().optional() }).default({}),
  purchase_history_summary: z
    .array(z.object({ merchant: z.string().trim().min(1).max(200), at: Moment, total: z.unknown().optional() }))
    .max(5_000),
  limit: z.int().min(1).max(50).default(5),
});
export type NextShopRequest = z.infer<typeof NextShopRequest>;

const Time = z.iso.datetime().nullable();

export const NextShopAnswer = z.object({
  predictions: z.array(
    z.object({
      merchant: z.string(),
      /** That the next purchase is there. */
      probability: z.number(),
      /** The next visit there: its median, and between when with a chance of one half. */
      expected_at: Time,
      earliest_at: Time,
      latest_at: Time,
    }),
  ),
  new_merchant_probability: z.number(),
  /** The next purchase anywhere. */
  expected_at: Time,
  purchases_used: z.int(),
});
export type NextShopAnswer = z.infer<typeof NextShopAnswer>;
