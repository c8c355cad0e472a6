import type { Reading } from '../../../domain/reading.ts';
import { layoutOf } from '../layout.ts';
import { findPhrase, fold, foldedText } from './fold.ts';
import type { LabelKind } from './label-table.ts';
import { createLabelFinder } from './labels.ts';
import { phonesIn } from './phones-in-text.ts';
import { longestText } from './proof.ts';
import { type Segment, segmentsOf } from './segments.ts';

type Weighted = readonly (readonly [weight: number, phrases: readonly string[]])[];

/** Words of payment proofs and how much each says, in log-odds; set by hand on the development images. */
const forPayment: Weighted = folded([
  [4.5, 'yapeaste|plineaste|pagomovilbdv|dinero rapido|tpago|envio nequi'],
  [3, 'comprobante de transferencia|clave de rastreo|pago movil bdv'],
  [
    2.5,
    'transferencia exitosa|transferencia realizada|transferencia enviada|dinero fue enviado|cuenta debitada|pago movil|enviaste dinero|transferiste|spei',
  ],
  [
    1.5,
    'operacion exitosa|ejecutado exitosamente|operacion realizada|comprobante de operacion|comprobante de pago|pago exitoso|envio realizado|transferencia|rif beneficiario|telf beneficiario|cbu|cvu|clabe',
  ],
]);

/** Words of purchase receipts, card vouchers, invoices and other bank papers. */
const forSomethingElse: Weighted = folded([
  [
    3,
    'consumidor final|factura|boleta electronica|ticket|copia cliente|tarjeta de credito|cupon|nro lote|cajero|articulos|rescataste|rescate',
  ],
  [
    2,
    'subtotal|su cambio|vuelto|efectivo|cant|precio|regimen fiscal|caja|propina|mesa|producto|descuento|iva 16|iva 21|iva 19|base imponible|cuotas|terminal',
  ],
]);

/** Labels by which a proof says from whom to whom; a receipt has none of them. */
const partyLabels: readonly LabelKind[] = [
  'beneficiario',
  'ordenante',
  'origen',
  'destino',
  'cuentaOrigen',
  'cuentaDestino',
  'cuenta',
  'bancoOrigen',
  'bancoDestino',
  'telefono',
  'telefonoOrigen',
];
const detailLabels: readonly LabelKind[] = [
  'referencia',
  'concepto',
  'banco',
  'cedula',
  'comprobante',
  'monto',
  'fecha',
  'tipo',
];

const bias = -3;
const partyWeight = 1.2;
const detailWeight = 0.4;
/** A proof fits on one screen. */
const usualRows = 45;

/** How surely a document is a payment proof, 0 to 1. A receipt that only says "pago" or "transferencia" stays below 0.5. */
export function paymentEvidence(reading: Reading): number {
  const layout = layoutOf(reading, longestText);
  const text = layout.rows.map((row) => row.text).join('\n');
  const segments = segmentsOf(layout, createLabelFinder());
  const labels = distinct(segments, partyLabels) * partyWeight + distinct(segments, detailLabels) * detailWeight;
  const length = layout.rows.length > usualRows ? -1.5 : 0;
  const logOdds = bias + labels + shapes(text) + heard(text, forPayment) - heard(text, forSomethingElse) + length;
  return 1 / (1 + Math.exp(-logOdds));
}

/** A Venezuelan mobile number, and a masked bank account: mobile payments print them, receipts hardly ever. */
function shapes(text: string): number {
  const phone = phonesIn(text, false).length > 0 ? 1.5 : 0;
  return phone + (/(?<![\d*])0\d{3}\s?\*{2,}\s?\d{4}(?!\d)/.test(text) ? 1.5 : 0);
}

function distinct(segments: readonly Segment[], kinds: readonly LabelKind[]): number {
  return kinds.filter((kind) => segments.some((segment) => segment.label === kind)).length;
}

/** The weight of each group of which a phrase occurs; half again when two do. */
function heard(text: string, groups: Weighted): number {
  const printed = fold(text);
  return groups.reduce((sum, [weight, phrases]) => {
    const count = phrases.filter((phrase) => findPhrase(text, printed, phrase) !== null).length;
    return sum + (count === 0 ? 0 : count === 1 ? weight : weight * 1.5);
  }, 0);
}

function folded(groups: readonly (readonly [weight: number, words: string])[]): Weighted {
  return groups.map(([weight, words]) => [weight, words.split('|').map(foldedText)]);
}
