import type { Layout, Row } from '../extract/layout.ts';
import { plain } from './skeleton.ts';

/** The merchant's name as printed, for merchants that the catalogue does not know. */
export interface HeaderName {
  readonly name: string;
  readonly confidence: number;
  readonly row: Row;
}

const headerRows = 12;
/** Endings that only companies' names have, in the countries served. */
const legalForm =
  /\bS\.? ?D ?N\.? ?B ?H ?D\b|SDN\.? ?BHD|\bS\/B\b|\bS\.?B\.?$|\bS\.? ?A\.?(?: ?DE ?C ?\.?V|$|\b(?! ?\d))|\bS\.? DE R\.?L|\bS\.? ?L\.?(?:U\.?)?$|LTDA|LIMITADA|\bSPA\b|\bS\.?A\.?S\b|\bS\.?R\.?L\b|\bC\.?A\.?$|\bLTD\b|\bINC\b|\bCORP|ENTERPRISE|TRADING|SOCIEDAD|\bS\.?A\.?C\.?\b|COMPANY\b|\bCIA\b|SUPERMERCA/;
/** Words of shops' names. */
const shopWord =
  /RESTAURAN|RESTORAN|MART\b|MARKET|HARDWARE|STATIONERY|SHOP\b|STORE|BISTRO|CAFE|BAKER|PHARMACY|FARMACI|FARMASI|PIZZA|SUPER|TIENDA|FERRETER|PANADER|CARNICER|LIBRERIA|BOOK|STATION|HOTEL|CENTRE|CENTER|COMERCIAL|BAR\b|HOUSE|KITCHEN/;
const notName =
  /TAX ?IN[VU]?O?[IL]?CE|^RECEIPT|^TICKET|FACTURA|BOLETA|INVOICE|CASH (SALE|RECEIPT|BILL)|ORIGINAL|^COP(Y|IA)|THANK|GRACIAS|WELCOME|BIENVENID|WWW|HTTP|@|\.COM|TEL[.:EF]|\bFAX|PHONE|GST|\bREG\b|R\.?[FUI]\.?[CTF]\b.*\d|[CN]\.?I\.?[FT]\b.*\d|CUIT|FECHA|DATE|CASHIER|CAJER|REGIMEN|GIRO|TERMINAL|^MESA|TABLE|OPERATED BY|LICENSEE|OWNED BY|SUC(URSAL)?\b|DIRECCION|COMUNA|N[°º]|ORDEN|SALES? ?(PERSON|MAN)|^S[. ]*[I1][. ]*[IL1][. ·-]|CREDOMATIC|^POS\b|ESTIMAD|DELIVERY|^NO\.? ?\d/;
const address =
  /\b(JALAN|JLN|JIN|LOT|TAMAN|LORONG|PERSIARAN|KAMPUNG|BANDAR|SEKSYEN|SECTION|FLOOR|BLOK|BLK|LEVEL|CALLE|C\/|AV|AVDA|AVENIDA|BLVD|CARRER|PLAZA|PLACA|COL|COLONIA|CARRETERA|CAMINO|PASEO|RAMBLA|KM|C\.?P|MIRI|SELANGOR|KUALA|JOHOR|MALAYSIA|MEXICO, )\b|\b\d{5}\b/;

/** Best name among the first rows; null when none looks like one. */
export function headerName(layout: Layout): HeaderName | null {
  const named = supplierName(layout);
  if (named) return named;
  const rows = layout.rows.slice(0, headerRows);
  const tallest = Math.max(1, ...rows.map((row) => row.height));
  const scored = rows
    .map((row, index) => ({ row, index, score: scoreName(row, index, tallest, rows[index - 1]?.text ?? '') }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
  const [best, second] = scored;
  if (!best) return null;
  const lead = best.score - (second?.score ?? 0);
  const isFirst = scored.every((other) => other.index >= best.index);
  const confidence = Math.min(isFirst ? 0.93 : 0.86, 0.35 + 0.09 * best.score + 0.05 * lead);
  return { name: cleanName(joined(rows, best.index)), confidence, row: best.row };
}

/** A goods-received note names the seller after `Proveedor:`, on the same row or on the next. */
function supplierName(layout: Layout): HeaderName | null {
  const at = layout.rows.findIndex((row) => /^PROVEE?DOR\b/.test(plain(row.text)));
  const row = layout.rows[at + 1];
  if (at < 0 || !row || lettersShare(row.text) < 0.8 || row.text.length < 5) return null;
  return { name: cleanName(row.text), confidence: 0.85, row };
}

function lettersShare(text: string): number {
  const compact = text.replace(/\s/g, '');
  return compact.replace(/[^\p{L}]/gu, '').length / Math.max(1, compact.length);
}

function scoreName(row: Row, index: number, tallest: number, above: string): number {
  const text = plain(row.text).trim();
  const letters = text.replace(/[^A-Z]/g, '').length;
  if (letters < 3 || notName.test(text)) return 0;
  const form = legalForm.test(text);
  if (!form && (lettersShare(row.text) < 0.6 || address.test(text))) return 0;
  const words = shopWord.test(text) ? 1 : 0;
  const size = row.height / tallest;
  const isOwner = /OWNED BY|PROPIETARI|LICEN[CS]EE/.test(plain(above)) ? 2.5 : 0;
  return (
    1.6 -
    isOwner +
    (form ? 3 : 0) +
    words -
    index * 0.33 +
    size +
    (letters > 5 ? 0.5 : 0) -
    (row.text.length > 45 ? 1 : 0)
  );
}

/** A legal ending that stands alone on its row belongs to the row above. */
function joined(rows: readonly Row[], index: number): string {
  const text = rows[index]?.text ?? '';
  const above = rows[index - 1]?.text ?? '';
  const isTail = /^(?:C[OP]\. |ENTERPRISE|\(M\)|SDN|LTDA|LIMITADA|S\.?A\.?(?: DE|$)|TRADING|& )/i.test(text.trim());
  if (!isTail || above === '' || notName.test(plain(above)) || address.test(plain(above))) return text;
  return `${above} ${text}`;
}

/** Without registration numbers, and with the digits that OCR put into words turned back into letters. */
export function cleanName(text: string): string {
  return text
    .replace(/\(?\b(?:CO\.? ?(?:REG)?\.? ?(?:NO)?\.? ?:? ?)?\d{4,}\s?-?\s?[A-Z]?\)?.*$/i, '')
    .replace(/[([][^)\]]*\d{2}[^)\]]*[)\]].*$/, '')
    .replace(/[([][^)\]]*$/, '')
    .replace(/(?<=[A-Z])0(?=[A-Z])/g, 'O')
    .replace(/(?<=[A-Z])1(?=[A-Z])/g, 'I')
    .replace(/(?<=[a-z])1(?=[a-z]|\b)/g, 'l')
    .replace(/^[^\p{L}\d&]+|[^\p{L}\d.)]+$/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
}
