import { z } from 'zod';

/** Languages in which Recibot answers; Spanish is the default. */
export const Language = z.enum(['es', 'en', 'pt']);
export type Language = z.infer<typeof Language>;
