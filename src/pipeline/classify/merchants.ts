import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { createLexicalIndex, type LexicalIndex } from './lexical.ts';
import { createNameSieve } from './name-sieve.ts';
import { compilePattern, type Pattern } from './pattern.ts';
import { editBudget, skeleton } from './skeleton.ts';

const MerchantKind = z.enum([
  'supermarket',
  'convenience',
  'gas_station',
  'department_store',
  'home_improvement',
  'office_supplies',
  'restaurant',
  'pharmacy',
  'fashion',
  'electronics',
  'wholesale',
  'bank',
  'services',
  'other',
]);

/** Where a fact about a merchant stands: a public document that was read, or for its names the address of the merchant's site. */
const Source = z.string().min(3);

/** One file of config/merchants: what a receipt of this merchant shows. Adding a merchant is adding a file. */
export const Merchant = z.object({
  id: z.string().regex(/^[a-z0-9-]+$/),
  name: z.string().min(2),
  /** ISO 3166-1 alpha-2; null for chains of many countries. */
  country: z.string().length(2).nullable(),
  kind: MerchantKind,
  /** Names as printed, in any case and with or without accents; compared with tolerance for OCR noise. */
  aliases: z.array(z.string().min(3)).min(1),
  /** Compact, without separators. */
  taxIds: z.array(z.object({ id: z.string().regex(/^[A-ZÑ&0-9]{8,14}$/), source: Source })).default([]),
  /** Texts that only this merchant prints (its invoicing site, its loyalty club), found anywhere on the receipt. */
  patterns: z.array(z.string().min(4)).default([]),
  /** Set when its tickets print dates otherwise than its country does. */
  dateOrder: z.enum(['dmy', 'mdy']).optional(),
  /** Regular expression with one group: the folio that its portal asks for, in a row of the ticket. */
  folio: z.string().max(200).optional(),
  source: Source,
});
export type Merchant = z.infer<typeof Merchant>;

/** A name to look for, ready for fuzzy search. */
export interface MerchantName {
  readonly merchant: Merchant;
  readonly method: 'pattern' | 'alias';
  readonly pattern: Pattern;
}

export interface MerchantCatalog {
  readonly merchants: readonly Merchant[];
  readonly byId: ReadonlyMap<string, Merchant>;
  readonly byTaxId: ReadonlyMap<string, Merchant>;
  readonly names: readonly MerchantName[];
  /** Those of `names` that a skeleton may hold. */
  readonly sieve: (bones: string) => readonly MerchantName[];
  /** The embedding of `names`, in their order. */
  readonly lexical: LexicalIndex;
}

/** Reads every *.json of the folder; throws when a file is wrong, naming it. */
export async function loadMerchants(directory: string): Promise<MerchantCatalog> {
  return createCatalog(await readMerchants(directory));
}

/** The merchants of a folder; @throws when a file is wrong, naming it. */
export async function readMerchants(directory: string): Promise<Merchant[]> {
  const files = (await readdir(directory)).filter((name) => name.endsWith('.json')).sort();
  return Promise.all(files.map((file) => readMerchant(join(directory, file))));
}

async function readMerchant(path: string): Promise<Merchant> {
  try {
    return Merchant.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    throw new Error(`${path} is not a merchant`, { cause: error });
  }
}

export function createCatalog(merchants: readonly Merchant[]): MerchantCatalog {
  const names = merchants.flatMap((merchant) => [
    ...merchant.patterns.map((text) => nameOf(merchant, 'pattern', text)),
    ...merchant.aliases.map((text) => nameOf(merchant, 'alias', text)),
  ]);
  const texts = names.map(({ pattern }) => pattern.text);
  return {
    merchants,
    byId: new Map(merchants.map((merchant) => [merchant.id, merchant])),
    byTaxId: new Map(merchants.flatMap((merchant) => merchant.taxIds.map(({ id }) => [id, merchant] as const))),
    names,
    sieve: createNameSieve(names),
    lexical: createLexicalIndex(
      texts,
      commonWords.map((word) => skeleton(word).text),
    ),
  };
}

/** Of receipts in general: that a header holds them says nothing about whose it is. Each counts as twenty names. */
const commonWords = [
  'SOCIEDAD ANONIMA DE CAPITAL VARIABLE',
  ...['SUPERMERCADO', 'RESTAURANTE', 'FARMACIA', 'COMERCIAL', 'TIENDA', 'SUCURSAL', 'GASOLINERA', 'SERVICIO', 'CADENA'],
  ...['MEXICO', 'CALLE', 'AVENIDA', 'COLONIA', 'TOTAL', 'FECHA', 'TICKET', 'FACTURA', 'CLIENTE', 'CAJA', 'CENTRO'],
  ...['GRACIAS POR SU COMPRA', 'COMPROBANTE', 'BOLETA ELECTRONICA', 'REGIMEN FISCAL', 'SANTIAGO', 'DISTRIBUIDORA'],
  ...['FERRETERIA', 'ABARROTES', 'PAPELERIA', 'PANADERIA', 'LIBRERIA', 'CAFETERIA', 'HIPERMERCADO', 'GRUPO', 'OFICINA'],
  ...['ESTACION DE SERVICIO', 'DROGUERIA', 'IMPORTADORA', 'CORPORACION', 'CENTRO COMERCIAL', 'RETAIL', 'MARKET'],
].flatMap((word) => Array.from({ length: 20 }, () => word));

function nameOf(merchant: Merchant, method: MerchantName['method'], text: string): MerchantName {
  return {
    merchant,
    method,
    pattern: compilePattern(text, /\d/.test(text) ? 0 : nameBudget(skeleton(text).text.length)),
  };
}

/** Names are stricter than labels: a wrong merchant costs more than an unknown one. */
function nameBudget(length: number): number {
  return length < 8 ? 0 : length < 18 ? 2 : Math.min(4, editBudget(length));
}
