import { z } from 'zod';

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
