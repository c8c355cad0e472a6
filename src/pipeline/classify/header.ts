import { asRead } from '../extract/choice.ts';
import type { Layout, Row } from '../extract/layout.ts';
import { compilePattern, findPattern } from './pattern.ts';
import { plain, skeleton } from './skeleton.ts';

/** The merchant's name as printed, for merchants that the catalogue does not know. */
export interface HeaderName {
  readonly name: string;
  readonly confidence: number;
  readonly row: Row;
}

const headerRows = 12;
const supplier = compilePattern('PROVEEDOR');
/** Endings that only companies' names have, in the countries served. */
const legalForm =
  /\bS\.? ?D ?N\.? ?B ?H ?D\b|\bB ?H ?D\b|SDN\.? ?BHD|\bS\/B\b|\bS\.?B\.?$|\bS\.? ?A\.?(?: ?DE ?C ?\.?V|$|\b(?! ?\d))|\bS\.? DE R\.?L|\bS\.? ?L\.?(?:U\.?)?$|LTDA|LIMITADA|\bSPA\b|\bS\.?A\.?S\b|\bS\.?R\.?L\b|\bC\.?A\.?$|\bLTD\b|\bINC\b|\bCORP|ENTERPRISE|TRADING|SOCIEDAD|\bS\.?A\.?C\.?\b|COMPANY\b|\bCIA\b|SUPERMERCA/;
/** Those of companies of Spanish-speaking countries at a name's end; after a comma with its last letter unread as well. */
const spanishForm =
  /, ?S\.?$|[ ,.]S\.? ?[AL]\.?(?: ?DE ?C\.? ?V\.?|U\.?)?$|[ ,.]S\.? ?DE ?R\.? ?L\.?(?: ?DE ?C\.? ?V\.?)?$|\bS\.? ?A\.? ?[SC]\.?$|\bS\.? ?R\.? ?L\.?$|\bSPA$|\bLTDA\.?$|[ ,]C\.? ?A\.?$/;
/** A Malaysian company's registration number in brackets. */
const registration = /[([] ?\d{4,7} ?-? ?[A-Z] ?[)\]]/;
/** Rows that only continue a name. */
const tail = /^(?:C[OP]\. |ENTERPRISE|\(M\)|SDN|BHD|LTDA|LIMITADA|S\.?A\.?(?: DE|$)|TRADING|& |[A-Z]{1,8}\) )/;
/** Words of shops' names. */
const shopWord =
  /RESTAURAN|RESTORAN|MART\b|MARKET|HARDWARE|STATIONERY|SHOP\b|STORE|BISTRO|CAFE|BAKER|PHARMACY|FARMACI|FARMASI|PIZZA|SUPER|TIENDA|FERRETER|PANADER|CARNICER|LIBRERIA|BOOK|STATION|HOTEL|CENTRE|CENTER|COMERCIAL|BAR\b|HOUSE|KITCHEN/;
const notName =
  /TAX ?IN[VU]?O?[IL]?CE|^RECEIPT|^TICKET|FACTURA|BOLETA|INVOICE|CASH (SALE|RECEIPT|BILL)|ORIGINAL|^COP(Y|IA)|THANK|GRACIAS|WELCOME|BIENVENID|WWW|HTTP|@|\.COM|TEL[.:EF]|\bFAX|PHONE|GST|\bREG\b|R\.?[FUI]\.?[CTF]\b.*\d|[CN]\.?I\.?[FT]\b.*\d|CUIT|FECHA|DATE|CASHIER|CAJER|REGIMEN|GIRO|TERMINAL|^MESA|TABLE|OPERATED BY|LICENSEE|OWNED BY|SUC(URSAL)?\b|DIRECCION|COMUNA|N[°º]|ORDEN|SALES? ?(PERSON|MAN)|^S[. ]*[I1][. ]*[IL1][. ·-]|CREDOMATIC|^POS\b|ESTIMAD|DELIVERY|^NO\.? ?\d/;
const address =
  /\b(JALAN|JLN|JIN|LOT|TAMAN|LORONG|PERSIARAN|KAMPUNG|BANDAR|SEKSYEN|SECTION|FLOOR|BLOK|BLK|LEVEL|CALLE|C\/|AV|AVDA|AVENIDA|BLVD|CARRER|PLAZA|PLACA|COL|COLONIA|CARRETERA|CAMINO|PASEO|RAMBLA|KM|C\.?P|MIRI|SELANGOR|KUALA|JOHOR|MALAYSIA|MEXICO, )\b|\b\d{5}\b/;

interface NameRow {
  readonly row: Row;
  readonly index: number;
  readonly text: string;
  readonly hasForm: boolean;
  readonly score: number;
}

/** Best name among the first rows; null when none looks like one. */
export function headerName(layout: Layout): HeaderName | null {
  const named = supplierName(layout);
  if (named) return named;
  const rows = layout.rows.slice(0, headerRows);
  const tallest = Math.max(1, ...rows.map((row) => row.height));
  const scored = rows.map((row, index) => nameRow(rows, row, index, tallest)).filter(({ score }) => score > 0);
  const [best, second] = [...scored].sort((a, b) => b.score - a.score);
  if (!best) return null;
  const isFirst = scored.every((other) => other.index >= best.index);
  const lead = best.score - (second?.score ?? 0);
  const likely = Math.min(isFirst ? 0.93 : 0.86, 0.35 + 0.09 * best.score + 0.05 * lead);
  const confidence = asRead(best.row, 0, best.text.length, likely);
  const name = bothNames(scored) ?? cleanName(wholeName(rows, scored, best));
  return { name, confidence, row: best.row };
}

/**
 * A shop's sign in the first row and its company right below: both are its name, as books have it (`PROXIM BELLATERRA (ARMIAN
 * S.L.)`). Null where the document does not begin so.
 */
function bothNames(scored: readonly NameRow[]): string | null {
  const [sign, company] = scored;
  if (sign?.index !== 0 || company?.index !== 1 || spanishForm.test(plain(sign.text).trim())) return null;
  if (!spanishForm.test(plain(company.text).trim()) || isTail(company.row) || lettersShare(sign.text) < 0.8)
    return null;
  if (plain(sign.text).replace(/[^A-Z]/g, '').length < 5) return null;
  return `${cleanName(sign.text)} (${cleanName(company.text)})`;
}

function nameRow(rows: readonly Row[], row: Row, index: number, tallest: number): NameRow {
  const text = leftColumn(row);
  const upper = plain(text).trim();
  const hasForm = legalForm.test(upper) || registration.test(upper);
  const above = rows[index - 1]?.text ?? '';
  return { row, index, text, hasForm, score: scoreName(upper, hasForm, index, row.height / tallest, above) };
}

/** Issuer left, customer right: what follows a wide gap is not the name. */
function leftColumn(row: Row): string {
  const end = row.pieces.findIndex(
    (piece, index) => piece.left - (row.pieces[index - 1]?.right ?? piece.left) > 3 * row.height,
  );
  return end < 0 ? row.text : row.text.slice(0, row.pieces[end]?.start ?? row.text.length).trimEnd();
}

/**
 * A name over several rows: rows that can only continue one (`LIMITADA`, `CO. (M) SDN BHD`) are joined to the row above; a name
 * without a legal form begins at the first row that looks like one (`THREE OAKS` above `BISTRO & CAFE`).
 */
function wholeName(rows: readonly Row[], scored: readonly NameRow[], best: NameRow): string {
  let first = best.index;
  let last = best.index;
  while (first > 0 && isTail(rows[first]) && isNamePart(rows[first - 1])) first -= 1;
  while (isTail(rows[last + 1])) last += 1;
  const begins = scored.find((other) => other.index === best.index - 1 && !other.hasForm);
  if (first === best.index && !best.hasForm && begins) first -= 1;
  if (first === last) return best.text;
  return rows
    .slice(first, last + 1)
    .map(leftColumn)
    .join(' ');
}

function isTail(row: Row | undefined): boolean {
  return row !== undefined && row.text.length < 30 && tail.test(plain(row.text).trim());
}

function isNamePart(row: Row | undefined): boolean {
  return row !== undefined && !notName.test(plain(row.text)) && !address.test(plain(row.text));
}

/** A goods-received note names the seller after `Proveedor:`, on the same row or on the next. */
function supplierName(layout: Layout): HeaderName | null {
  const at = layout.rows.findIndex((row) => {
    const found = findPattern(skeleton(row.text), supplier);
    return found !== null && found.start === 0;
  });
  const row = layout.rows[at + 1];
  if (at < 0 || !row || lettersShare(row.text) < 0.8 || row.text.length < 5) return null;
  return { name: cleanName(row.text), confidence: 0.85, row };
}

function lettersShare(text: string): number {
  const compact = text.replace(/\s/g, '');
  return compact.replace(/[^\p{L}]/gu, '').length / Math.max(1, compact.length);
}

function scoreName(text: string, hasForm: boolean, index: number, size: number, above: string): number {
  const letters = text.replace(/[^A-Z]/g, '').length;
  if (letters < 3 || !/[A-Z&]{3}/.test(text) || notName.test(text)) return 0;
  const isAddress = address.test(text) && (index > 0 || /\d/.test(text));
  if (!hasForm && (lettersShare(text) < 0.6 || isAddress)) return 0;
  const isOwner = /OWNED BY|PROPIETARI|LICEN[CS]EE/.test(plain(above)) ? 2.5 : 0;
  const words = shopWord.test(text) ? 1 : 0;
  const length = (letters > 5 ? 0.5 : 0) - (text.length > 45 ? 1 : 0);
  return 1.6 + (hasForm ? 3 : 0) + words - index * 0.33 + size + length - isOwner;
}

/** Without registration numbers, and with the digits that OCR put into words turned back into letters. */
function cleanName(text: string): string {
  return text
    .replace(/\(?\b(?:CO\.? ?(?:REG)?\.? ?(?:NO)?\.? ?:? ?)?\d{4,}\s?-?\s?[A-Z]?\)?.*$/i, '')
    .replace(/[([][^)\]]*\d{2}[^)\]]*[)\]].*$/, '')
    .replace(/[([][^)\]]*$/, '')
    .replace(/(?=\S*\p{L}{3})\S{5,}/gu, lettersAgain)
    .replace(/^[^\p{L}\d&]+|[^\p{L}\d.)]+$/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** `CONFECT10NERY`: digits between letters of a long word. */
function lettersAgain(word: string): string {
  return word.replace(/(?<=\p{L})[01]+(?=\p{L}|$)/gu, (digits) =>
    digits.replaceAll('0', 'O').replaceAll('1', /\p{Ll}/u.test(word) ? 'l' : 'I'),
  );
}
