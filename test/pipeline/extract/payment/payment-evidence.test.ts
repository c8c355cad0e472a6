import assert from 'node:assert/strict';
import { test } from 'node:test';
import { paymentEvidence } from '../../../../src/pipeline/extract/payment/payment-evidence.ts';
import { aScreen } from './screen.ts';

const proofs: Readonly<Record<string, readonly string[]>> = {
  'a mobile payment': [
    'PagomóvilBDV Personas',
    '104,54 Bs',
    'Fecha: 03/05/2026',
    'Operación: 003039312345',
    'Origen: 0102****3799',
    'Destino: 04147654321',
  ],
  'a mobile payment with blurred title': [
    'Paqom',
    '104,54 Bs',
    'Fecha: 03/05/2026',
    'Operación: 003039312345',
    'Origen: 0102****3799',
    'Destino: 04147654321',
    'Banco: 0105',
  ],
  'a SPEI transfer': [
    'Transferencia exitosa',
    '$1,234.56',
    'Cuenta origen •••• 1234',
    'Banco destino BANORTE',
    'Clave de rastreo MBAN0100260505',
  ],
  'a Yape payment': ['¡Yapeaste!', 'S/ 50', 'Juan Quispe', 'Nro. de operación 12345678'],
};

const others: Readonly<Record<string, readonly string[]>> = {
  'a receipt paid by transfer': [
    'SUPERMERCADO EL SOL',
    'RIF J-00002970-9',
    'FACTURA 00012',
    'HARINA PAN 2 x 45,00',
    'SUBTOTAL 90,00',
    'IVA 16% 14,40',
    'TOTAL Bs 104,40',
    'Forma de pago: transferencia',
    'Gracias por su pago',
  ],
  'a receipt paid by pago móvil': [
    'FERRETERIA LA LLAVE C.A.',
    'RIF: J-00002970-9',
    'FACTURA: 000123',
    'TORNILLOS 10 Bs 5,00',
    'SUBTOTAL Bs 50,00',
    'TOTAL Bs 58,00',
    'PAGO MOVIL Bs 58,00',
  ],
  'a card voucher': [
    'BANCO MERCANTIL',
    'TERMINAL 123456',
    'LOTE 004',
    'VISA ************1234',
    'MONTO Bs 104,54',
    'APROBADA REF 000123',
    'COPIA CLIENTE',
  ],
  'a toll receipt': [
    'AUTOPISTA DEL SOL',
    'BOLETA ELECTRONICA',
    'FECHA 05/05/2026',
    'TOTAL $ 1.200',
    'FORMA DE PAGO EFECTIVO',
  ],
  'a fund redemption': [
    'Banco',
    'Rescataste un F.C.I.',
    '$ 6.884,99',
    'Número de referencia 11042310',
    'Importe: 6.884,99',
  ],
  'an empty page': [],
};

for (const [name, rows] of Object.entries(proofs)) {
  test(`${name} is a payment proof`, () => {
    assert.ok(paymentEvidence(aScreen(rows)) > 0.8);
  });
}

for (const [name, rows] of Object.entries(others)) {
  test(`${name} is no payment proof`, () => {
    assert.ok(paymentEvidence(aScreen(rows)) < 0.3);
  });
}
