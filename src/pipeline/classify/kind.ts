import type { DocumentKind } from '../../domain/document.ts';
import { plain } from './skeleton.ts';

interface Clue {
  readonly kind: Exclude<DocumentKind, 'other' | 'payment_proof'>;
  readonly points: number;
  readonly expression: RegExp;
}

/** Words of each kind of document, with points as log-odds; every expression counts once and is linear in the text. */
const clues: readonly Clue[] = [
  { kind: 'receipt', points: 2, expression: /T[O0]TAL/ },
  { kind: 'receipt', points: 1, expression: /SUB ?T[O0]TAL/ },
  { kind: 'receipt', points: 1.5, expression: /CAMBI[O0]|CHANGE|VUELT[O0]|CANVI/ },
  { kind: 'receipt', points: 1, expression: /EFECTIV[O0]|CASH|TARJETA|TARGETA|CREDIT/ },
  { kind: 'receipt', points: 1.5, expression: /TICKET|RECEIPT|B[O0]LETA|FACTURA|TAX INV|INVOICE|TIQUE/ },
  {
    kind: 'receipt',
    points: 1,
    expression: /\bR\.?F\.?C\b|\bR\.?U\.?T\b|CUIT|\bC\.?I\.?F\b|\bN\.?I\.?[TF]\b|\bRUC\b|GST|ABN/,
  },
  { kind: 'receipt', points: 1, expression: /IVA|I\.V\.A|IGV|IMPUEST/ },
  { kind: 'receipt', points: 1, expression: /CAJER|CASHIER|CAJA|TIENDA|SUCURSAL|FOLI[O0]|CUPON|COMPRA/ },
  { kind: 'receipt', points: 1, expression: /CANT|QTY|PRECIO|ARTICUL|IMPORTE|ITEM|PESOS|CLASE|OPERADOR/ },
  { kind: 'receipt', points: 1.5, expression: /GASOLIN|ESTACION|LITROS|DIESEL|MAGNA|PERMISO|PEAJE/ },
  { kind: 'e_invoice', points: 3, expression: /FOLIO FISCAL|UUID|CUFE\b|CADENA ORIGINAL|SELLO DIGITAL/ },
  {
    kind: 'e_invoice',
    points: 2,
    expression: /REPRESENTACION (IMPRESA|GRAFICA)|COMPROBANTE FISCAL DIGITAL|USO (DE )?CFDI/,
  },
  {
    kind: 'bank_email',
    points: 2.5,
    expression: /ESTIMAD[OA] CLIENTE|LE INFORMAMOS|TE INFORMAMOS|NOTIFICACION DE (COMPRA|TRANSACCION)/,
  },
  {
    kind: 'bank_email',
    points: 2,
    expression: /TARJETA TERMINAD[OA]|COMPRA (APROBADA|REALIZADA)|NO RESPONDA A ESTE|ASUNTO:|SUBJECT:/,
  },
  {
    kind: 'bank_email',
    points: 1.5,
    expression: /^HOLA\b|\nHOLA\b|LE DETALLAMOS|TIENE DUDAS|TU TARJETA|TU CUENTA|TUS CUENTAS/,
  },
  {
    kind: 'bank_email',
    points: 2.5,
    expression: /NOTIFICACION DE TRANSACC|SE (HA )?REALIZ(O|ADO)|REALIZASTE UNA? |CON CARGO A/,
  },
];
const enough = 1.8;
/** Characters looked at. */
const maxLength = 30_000;

/**
 * The kind with most points; `other` when none has enough. The probability is a soft-max over the points. Whether it is a
 * payment proof is judged by its own rules: `payment` is their probability.
 */
export function kindOf(text: string, payment: number): { kind: DocumentKind; confidence: number } {
  if (payment > 0.5) return { kind: 'payment_proof', confidence: payment };
  const upper = plain(text.slice(0, maxLength));
  const points = new Map<DocumentKind, number>([['other', enough]]);
  for (const clue of clues) {
    if (clue.expression.test(upper)) points.set(clue.kind, (points.get(clue.kind) ?? 0) + clue.points);
  }
  const sum = [...points.values()].reduce((total, score) => total + Math.exp(score), 0);
  const [kind, best] = [...points].reduce((a, b) => (b[1] > a[1] ? b : a));
  return { kind, confidence: (Math.exp(best) / sum) * (1 - payment) };
}
