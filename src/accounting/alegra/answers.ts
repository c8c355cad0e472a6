import { z } from 'zod';

/** Numbers come as texts from some calls and as numbers from others. */
export const Id = z.union([z.string(), z.number()]).transform(String);

export const Contact = z.object({
  id: Id,
  name: z.string().nullish(),
  identification: z.union([z.string(), z.number()]).nullish(),
  identificationObject: z.object({ number: z.union([z.string(), z.number()]).nullish() }).nullish(),
});
export type Contact = z.infer<typeof Contact>;

interface Account {
  id: string;
  name: string;
  type?: string | null | undefined;
  children?: Account[] | null | undefined;
}

/** The chart of accounts is a tree. */
export const Account: z.ZodType<Account> = z.object({
  id: Id,
  name: z.string(),
  type: z.string().nullish(),
  get children() {
    return z.array(Account).nullish();
  },
});

export const Tax = z.object({ id: Id, percentage: z.union([z.string(), z.number()]).transform(String) });
export type Tax = z.infer<typeof Tax>;

export const Item = z.object({ id: Id, reference: z.unknown() });

export const CreatedBill = z.object({ id: Id, total: z.union([z.string(), z.number()]).nullish() });

export const FoundBill = z.object({ id: Id, observations: z.string().nullish() });

export const Company = z.object({ name: z.string(), currency: z.object({ code: z.string() }).nullish() });

/** Digits and letters only: tax ids are written with dots, dashes and blanks. */
export function compactId(text: string | number | null | undefined): string {
  return String(text ?? '')
    .toUpperCase()
    .replace(/[^A-Z0-9Ñ&]/g, '');
}

export function contactTaxId({ identification, identificationObject }: Contact): string {
  return compactId(identificationObject?.number ?? identification);
}

/** Leaves of the accounts for what is spent; whole trees where they have none. */
export function expenseAccounts(accounts: readonly Account[]): { id: string; name: string }[] {
  const spent = accounts.filter(({ type }) => type === 'expense' || type === 'cost');
  return (spent.length > 0 ? spent : accounts).flatMap(leaves);
}

function leaves({ id, name, children }: Account): { id: string; name: string }[] {
  return children && children.length > 0 ? children.flatMap(leaves) : [{ id, name }];
}
