import { z } from 'zod';
import type { FiscalFacts } from '../../domain/code.ts';
import { cuit } from '../../domain/tax-id/cuit.ts';
import { addressAt, amountOf, dateOf, factsOf } from './facts.ts';

const hosts: ReadonlySet<string> = new Set([
  'www.afip.gob.ar',
  'afip.gob.ar',
  'www.arca.gob.ar',
  'arca.gob.ar',
  'serviciosweb.afip.gob.ar',
]);

/** Kinds of document that give money back: credit notes A, B, C, E, M, MiPyME, and those of fiscal printers (ARCA's table of kinds). */
const creditTypes: ReadonlySet<number> = new Set([3, 8, 13, 21, 53, 90, 110, 112, 113, 114, 119, 203, 208, 213]);
/** ARCA's table of currencies, as far as receipts use it. */
const currencies: ReadonlyMap<string, string> = new Map([
  ['PES', 'ARS'],
  ['DOL', 'USD'],
  ['060', 'EUR'],
]);

const number = z.coerce.number();
/** "Especificaciones del código QR", RG 4892/2020. Programs write numbers also as text. */
const Payload = z.object({
  fecha: z.string(),
  cuit: z.coerce.string(),
  ptoVta: number,
  tipoCmp: number,
  nroCmp: number,
  importe: number,
  moneda: z.string().optional(),
  nroDocRec: z.coerce.string().optional(),
  codAut: z.coerce.string(),
});

/** Argentina: the QR of ARCA (once AFIP), an address with JSON in base64, and the bar code of 40 or 42 digits that it replaced. */
export function parseArcaCode(text: string): FiscalFacts | null {
  const encoded = addressAt(text, hosts)?.searchParams.get('p');
  return encoded ? fromPayload(encoded.replaceAll(' ', '+')) : fromBarCode(text.trim());
}

function fromPayload(encoded: string): FiscalFacts | null {
  const payload = Payload.safeParse(jsonIn(Buffer.from(encoded, 'base64').toString('utf8'))).data;
  if (!payload) return null;
  const { ptoVta, nroCmp, tipoCmp, importe } = payload;
  return factsOf('ARCA', {
    documentId: payload.codAut,
    documentType: String(tipoCmp),
    issuerTaxId: cuitIn(payload.cuit),
    recipientTaxId: payload.nroDocRec && payload.nroDocRec !== '0' ? payload.nroDocRec : null,
    folio: `${String(ptoVta).padStart(5, '0')}-${String(nroCmp).padStart(8, '0')}`,
    date: dateOf(payload.fecha),
    total: amountOf(importe.toFixed(2), creditTypes.has(tipoCmp)),
    currency: currencies.get(payload.moneda ?? '') ?? null,
  });
}

/** RG 1702/2004: CUIT 11, kind 2 or 3, point of sale 4 or 5, CAE 14, its last day 8, check digit 1. */
function fromBarCode(text: string): FiscalFacts | null {
  const [, issuer = '', type = '', cae = ''] = /^(\d{11})(\d{2,3})\d{4,5}(\d{14})20\d{6}\d$/.exec(text) ?? [];
  const isWhole = (text.length === 40 || text.length === 42) && checkDigit(text.slice(0, -1)) === Number(text.at(-1));
  if (!isWhole || cuitIn(issuer) === null) return null;
  return factsOf('ARCA', { documentId: cae, documentType: String(Number(type)), issuerTaxId: cuitIn(issuer) });
}

function checkDigit(digits: string): number {
  const sum = [...digits].reduce((total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 3 : 1), 0);
  return (10 - (sum % 10)) % 10;
}

function cuitIn(text: string): string | null {
  return cuit.isValid(text) ? cuit.format(text) : null;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
