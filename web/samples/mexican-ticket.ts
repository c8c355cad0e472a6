import { receiptPaper } from './receipt-paper.ts';

/** An invented shop; its RFC has a right check digit and belongs to nobody that we know of. */
export function mexicanTicket(rfc: string): string {
  return receiptPaper([
    { centre: 'SUPER LA GOLONDRINA', size: 40, bold: true, gapAfter: 8 },
    { centre: 'LA GOLONDRINA SUPER S.A. DE C.V.', size: 22 },
    { centre: `RFC: ${rfc}`, size: 24 },
    { centre: 'AV. DE LOS JACARANDAS 120, CENTRO', size: 20 },
    { centre: 'GUADALAJARA, JALISCO C.P. 44100', size: 20, gapAfter: 8 },
    { rule: true },
    { left: 'FECHA: 14/03/2026', right: 'HORA: 18:42', size: 22 },
    { left: 'FOLIO: 004871', right: 'CAJA: 03', size: 22 },
    { rule: true },
    { left: '2 PAN DE CAJA INTEGRAL', right: '96.00' },
    { left: '1 LECHE ENTERA 1L', right: '28.50' },
    { left: '1 CAFE MOLIDO 400G', right: '129.00' },
    { left: '3 JABON DE TOCADOR', right: '67.50' },
    { left: '1 DETERGENTE LIQUIDO', right: '145.00' },
    { rule: true },
    { left: 'SUBTOTAL', right: '401.72' },
    { left: 'IVA 16%', right: '64.28' },
    { left: 'TOTAL', right: '$466.00', size: 36, bold: true, gapAfter: 6 },
    { left: 'EFECTIVO', right: '$500.00' },
    { left: 'CAMBIO', right: '$34.00' },
    { rule: true },
    { centre: '¡GRACIAS POR SU COMPRA!', size: 22 },
    { centre: 'MUESTRA - SIN VALOR FISCAL', size: 20, bold: true },
  ]);
}
