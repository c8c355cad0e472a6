import type { Layout } from '../extract/layout.ts';
import type { Merchant } from './merchants.ts';
import { plain } from './skeleton.ts';

/** Words of filling stations and how much each says; supermarkets print litres too (`LECHE 1 LT`), so one of them is not enough. */
const signs: readonly (readonly [points: number, sign: RegExp])[] = [
  [3, /PERMISO\s?(DE LA )?(CRE|C\.R\.E)|\bP[L1I] ?\/ ?\d{3,}/],
  [2, /GASOLIN|ESTACION DE SERVICIO|COMBUSTIBLE|DESPACHADOR|SURTIDOR|\bPEMEX\b/],
  [1, /\bDIESEL\b|\bMAGNA\b|GASOIL|\bNAFTA\b|\bBENCINA|\bCORRIENTE\b.*\bGAL/],
  [1, /LITROS|\bLTS\b|GALONES/],
  [1, /\bBOMBA\b|\bISLA\b|\bDISPENSARIO\b|\bMANGUERA\b/],
];
const enough = 2;
/** `PL/1234/EXP/ES/2015`, the slashes as OCR reads them; the form of the permits of the Comisión Reguladora de Energía (Mexico). */
const permit = /\bP[L1I] ?[/I|1] ?(\d{3,5}) ?[/I|1] ?EXP ?[/I|1] ?ES ?[/I|1] ?(20\d{2})\b/;

export interface FuelSigns {
  readonly sellsFuel: boolean;
  /** In its usual form; null when none is printed. */
  readonly permit: string | null;
}

export function fuelSigns(layout: Layout): FuelSigns {
  const text = plain(layout.rows.map((row) => row.text).join('\n'));
  const points = signs.reduce((sum, [worth, sign]) => sum + (sign.test(text) ? worth : 0), 0);
  const [whole, number, year] = permit.exec(text) ?? [];
  return { sellsFuel: points >= enough, permit: whole === undefined ? null : `PL/${number}/EXP/ES/${year}` };
}

/**
 * Whether a document with these signs can be of such a merchant. A station beside a supermarket prints the supermarket's name, and its own
 * permit: with a permit only stations are left, and clubs that have pumps.
 */
export function fitsFuel({ sellsFuel, permit: printed }: FuelSigns, kind: Merchant['kind'] | null): boolean {
  if (kind === null || kind === 'gas_station') return true;
  if (printed !== null) return kind === 'wholesale';
  return !sellsFuel || kind !== 'supermarket';
}
