import { z } from 'zod';

/** One purchase of a history. */
export const Purchase = z.object({ merchant: z.string().trim().min(1).max(200), at: z.date() });
export type Purchase = z.infer<typeof Purchase>;

export const dayMs = 86_400_000;
