import { z } from 'zod';

/** The page makes a random id per message and repeats it when it did not hear the answer. */
export const MessageId = z.string().regex(/^[\w-]{8,64}$/);
