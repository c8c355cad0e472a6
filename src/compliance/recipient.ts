/** Mexico's generic RFCs (RMF 2.7.1.23) and Colombia's final consumer stand for nobody in particular. */
const nobody: ReadonlySet<string> = new Set(['XAXX010101000', 'XEXX010101000', '222222222222']);

/**
 * Whether the invoice is neither for one of these tax ids nor by one of them. Where the company has given none, nobody can tell, and
 * nothing is foreign.
 */
export function isForeign({ issuer, recipient }: Parties, ownTaxIds: readonly string[]): boolean {
  const forWhom = compact(recipient);
  if (ownTaxIds.length === 0 || forWhom === '' || nobody.has(forWhom)) return false;
  return !ownTaxIds.some((own) => isSame(forWhom, compact(own)) || isSame(compact(issuer), compact(own)));
}

/** Their tax ids. */
interface Parties {
  issuer: string | null;
  recipient: string | null;
}

/** A NIT is written with its check digit or without. */
function isSame(given: string, own: string): boolean {
  if (given === own) return true;
  const isNumber = /^\d{8,10}$/;
  if (!isNumber.test(given) || !isNumber.test(own)) return false;
  return given === own.slice(0, -1) || own === given.slice(0, -1);
}

function compact(taxId: string | null): string {
  return (taxId ?? '').toUpperCase().replace(/[^A-Z0-9Ñ&]/g, '');
}
