import type { Bill, Category } from '../domain/booking.ts';

export interface Suggestion {
  category: Category;
  source: 'history' | 'product' | 'default';
}

/** Kinds of purchases: what their catalogue codes (UNSPSC segments, as in `ClaveProdServ`) begin with, and how accounts are called. */
const kinds: readonly { codes: readonly string[]; supplier: RegExp; account: RegExp }[] = [
  {
    codes: ['1510', '1511'],
    supplier: /gasolin|pemex|shell|mobil|g500|combust/i,
    account: /combustible|gasolina|fuel/i,
  },
  {
    codes: ['9010', '50'],
    supplier: /restaurant|oxxo|7-eleven|soriana|walmart|chedraui/i,
    account: /aliment|restaurant|comida|despensa/i,
  },
  { codes: ['9011'], supplier: /hotel/i, account: /hosped|hotel|viaje|viático/i },
  { codes: ['78'], supplier: /uber|didi|taxi|aerol/i, account: /transport|flete|viaje|envío/i },
  { codes: ['14', '44'], supplier: /office depot|papeler/i, account: /papeler|oficina|útiles/i },
  { codes: ['43', '8111'], supplier: /software|google|amazon web/i, account: /tecnolog|comput|software/i },
  {
    codes: ['8310', '8311'],
    supplier: /telmex|telcel|cfe|izzi/i,
    account: /servicio.*públic|teléfon|internet|energ|luz/i,
  },
  { codes: ['80', '84'], supplier: /notar|despacho|consult/i, account: /honorario|servicio.*profes|asesor/i },
  { codes: ['51', '85'], supplier: /farmacia|hospital/i, account: /médic|salud|farmac/i },
  { codes: ['30', '31', '72'], supplier: /home depot|ferreter/i, account: /mantenim|reparac|ferreter/i },
];

/** Under what purchases go of which nothing is known. */
const fallback = /otros gastos|gastos generales|general|egresos|gastos/i;

/**
 * The account for a purchase: the one that this supplier's purchases mostly had, else the one that its products or its name suggest, else
 * one for anything. Null where the books have none.
 * @param before Categories of the supplier's latest purchases, newest first.
 */
export function suggestCategory(bill: Bill, before: readonly Category[], all: readonly Category[]): Suggestion | null {
  const usual = mostFrequent(before, all);
  if (usual) return { category: usual, source: 'history' };
  const likely = byProduct(bill, all);
  if (likely) return { category: likely, source: 'product' };
  const any = all.find(({ name }) => fallback.test(name)) ?? all[0];
  return any ? { category: any, source: 'default' } : null;
}

/** Of equally frequent ones the newest; one that was since removed from the books does not count. */
function mostFrequent(before: readonly Category[], all: readonly Category[]): Category | null {
  const known = new Map(all.map((category) => [category.id, category]));
  const counts = new Map<string, number>();
  for (const { id } of before) if (known.has(id)) counts.set(id, (counts.get(id) ?? 0) + 1);
  const [id] = [...counts].reduce((best, one) => (one[1] > best[1] ? one : best), ['', 0]);
  return known.get(id) ?? null;
}

function byProduct({ lines, supplier }: Bill, all: readonly Category[]): Category | null {
  const codes = lines.flatMap(({ productCode }) => productCode ?? []);
  const kind =
    kinds.find((one) => codes.some((code) => one.codes.some((beginning) => code.startsWith(beginning)))) ??
    kinds.find((one) => one.supplier.test(supplier.name));
  return (kind && all.find(({ name }) => kind.account.test(name))) ?? null;
}
