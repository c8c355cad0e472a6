import { receiptPaper } from './receipt-paper.ts';

/** An invented shop; its RUT has a right check digit. Chilean pesos have no cents. */
export function chileanBoleta(rut: string): string {
  return receiptPaper([
    { centre: 'PANADERIA EL COPIHUE', size: 36, bold: true },
    { centre: 'PANADERIA EL COPIHUE LIMITADA', size: 20 },
    { centre: `RUT: ${rut}`, size: 26, bold: true },
    { centre: 'GIRO: ELABORACION DE PAN Y PASTELES', size: 18 },
    { centre: 'LOS AROMOS 455, VALPARAISO', size: 20, gapAfter: 8 },
    { rule: true },
    { centre: 'BOLETA ELECTRONICA', size: 28, bold: true },
    { centre: 'N° 218734', size: 28, bold: true },
    { rule: true },
    { left: 'FECHA: 02/05/2026', right: 'HORA: 09:17', size: 22 },
    { left: 'CAJERO: 2', right: 'LOCAL: 1', size: 22 },
    { rule: true },
    { left: 'MARRAQUETA 1.2 KG', right: '2.640' },
    { left: 'EMPANADA DE PINO X3', right: '7.500' },
    { left: 'KUCHEN DE NUEZ', right: '9.850' },
    { rule: true },
    { left: 'NETO', right: '$16.798' },
    { left: 'IVA 19%', right: '$3.192' },
    { left: 'TOTAL', right: '$19.990', size: 36, bold: true, gapAfter: 6 },
    { left: 'TARJETA DE DEBITO', right: '$19.990' },
    { rule: true },
    { centre: 'GRACIAS POR SU PREFERENCIA', size: 20 },
    { centre: 'MUESTRA - SIN VALOR TRIBUTARIO', size: 20, bold: true },
  ]);
}
