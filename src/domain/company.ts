import { z } from 'zod';

/** Names a company for ever: in link codes, tickets and files. */
export const CompanyId = z.string().regex(/^[a-z0-9][a-z0-9-]{1,39}$/);

/** Whose documents are kept apart from everybody else's. */
export const Company = z.object({
  id: CompanyId,
  name: z.string().min(1).max(120),
  createdAt: z.date(),
});
export type Company = z.infer<typeof Company>;
