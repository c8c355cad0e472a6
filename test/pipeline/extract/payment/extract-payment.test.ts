import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { FieldName } from '../../../../src/domain/document.ts';
import type { Reading } from '../../../../src/domain/reading.ts';
import { extractPayment } from '../../../../src/pipeline/extract/payment/extract-payment.ts';
import { banks } from './banks.ts';
import { aScreen } from './screen.ts';

const today = '2026-06-21';
const extract = (reading: Reading) => extractPayment(reading, { today, banks });

function assertFields(reading: Reading, expected: Partial<Record<FieldName, string | undefined>>): void {
  const { fields } = extract(reading);

  for (const [name, value] of Object.entries(expected)) {
    // Object.entries widens the keys of `expected`, which are field names.
    assert.equal(fields[name as FieldName]?.value, value, name);
  }
}

const bdvScreen = [
  '7:18 p.m.                    50%',
  'Comprobante de operación',
  '          PagomóvilBDV Personas',
  '            1.209,08 Bs',
  'Fecha:                     03/05/2026',
  'Operación:               003039312345',
  'Identificación:              15444333',
  'Origen:                  0102****3799',
  'Destino:                  04147654321',
  'Banco:         0108 - BBVA PROVINCIAL',
  'Concepto:                     pagos',
  '',
  '',
  '',
  '          Crear Acceso directo',
];

test('a mobile payment of BDV gives all that is on it, and nothing that is not', () => {
  const { fields, reasons } = extract(aScreen(bdvScreen));

  assert.deepEqual(Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.value])), {
    monto: '1209.08',
    referencia: '003039312345',
    telefono: '04147654321',
    cedula: '15444333',
    fecha: '2026-05-03',
    banco_origen: '0102 - BANCO DE VENEZUELA',
    banco_destino: '0108 - BBVA PROVINCIAL',
    concepto: 'pagos',
    cuenta_origen: '0102****3799',
    tipo_transaccion: 'pago móvil',
    canal_pago: 'BDV PagomóvilBDV',
  });
  assert.deepEqual(reasons, []);
});

test("the clock of the phone's status bar is no time of the operation", () => {
  assertFields(aScreen(bdvScreen), { hora_operacion: undefined });
});

test('every value read from the image says where it stands', () => {
  const { fields } = extract(aScreen(bdvScreen));

  assert.deepEqual(fields.referencia?.box, { page: 1, x: 250, y: 300, width: 120, height: 30 });
  assert.equal(fields.referencia?.source, 'ocr/label');
});

test('labels above their values: BNC, where the sum proves the amount and the total is not taken for it', () => {
  const screen = aScreen(
    [
      'Ejecutado exitosamente',
      'Cuenta debitada:',
      'Cta. Ahorro BNC:***1234',
      'Beneficiario:',
      '0416-1234567 MARIA SOTO V-',
      '12345678-BANCO DE VENEZUELA',
      'Monto:',
      'Bs. 1.105,00',
      'Comisión:',
      'Bs. 3,32',
      'Total:',
      'Bs. 1.108,32',
      'Referencia:',
      '490123456',
      'Código autorizador:',
      '282999',
      'CUENTAS   TARJETAS   BNC   PAGOS   DIVISAS',
    ],
    { pitch: 34 },
  );

  assertFields(screen, {
    monto: '1105.00',
    referencia: '490123456',
    telefono: '04161234567',
    cedula: '12345678',
    cuenta_origen: '***1234',
    comprobante: '282999',
    banco_destino: '0102 - BANCO DE VENEZUELA',
    banco_origen: '0191 - BNC',
    beneficiario: 'MARIA SOTO',
  });
  assert.equal(extract(screen).fields.monto?.source, 'ocr/arithmetic');
  assert.deepEqual(extract(screen).reasons, ['missing:fecha']);
});

test('a value of several rows: Mercantil, with pm on a row of its own', () => {
  const screen = aScreen(
    [
      'Envío de Tpago',
      'Operación realizada',
      'Desde mi cuenta      Cuenta de Ahorro',
      '                     ****3976',
      'Se Envió (Bs.)       210,00',
      'Al beneficiario      0414*****21',
      '                     Banco Mercantil, C.A. S.A.C.A,',
      '                     Banco Universal',
      '                     V-15.444.333',
      'Concepto             rifa 10',
      'Nro. Referencia      48312345678',
      'Fecha y hora         20/06/2026 - 06:50:20',
      '                     pm',
    ],
    { pitch: 40 },
  );

  assertFields(screen, {
    monto: '210.00',
    referencia: '48312345678',
    cedula: '15444333',
    telefono: undefined,
    fecha: '2026-06-20',
    hora_operacion: '18:50:20',
    concepto: 'rifa 10',
    cuenta_origen: '****3976',
    banco_destino: '0105 - BANCO MERCANTIL',
    canal_pago: 'Mercantil Tpago',
    beneficiario: undefined,
  });
});

test('a table: labels in one row, their values below them', () => {
  const screen = aScreen([
    'Desde mi cuenta    Se Envió (Bs.)    Al beneficiario',
    'Ahorro ***3976     1.210,00          0412-2443344',
    'Concepto    Nro. Referencia    Fecha y hora',
    'rifa 10     48312345678        20/06/2026 - 06:50:20 pm',
  ]);

  assertFields(screen, {
    monto: '1210.00',
    telefono: '04122443344',
    concepto: 'rifa 10',
    referencia: '48312345678',
    fecha: '2026-06-20',
    hora_operacion: '18:50:20',
  });
});

test('all text in one run, as some engines give it: labels first, then their values', () => {
  const screen = aScreen([
    'Concepto Nro . Referencia Fecha y hora 106 93 48311146148 20/06/ 2026 - 06:50:20 pm Envío de Tpago',
  ]);

  assertFields(screen, { concepto: '106 93', referencia: '48311146148', fecha: '2026-06-20' });
});

test('Bancamiga: labels in capitals above their values', () => {
  const screen = aScreen([
    'NUMERO DE REFERENCIA:',
    '190012345678',
    'MONTO DE LA OPERACIÓN:',
    'Bs. 313,62',
    'CI /RIF BENEFICIARIO:',
    'V-11222333',
    'TELF BENEFICIARIO:',
    '04121234567',
    'BANCO:',
    'MERCANTIL',
    'FECHA:',
    '20/06/26 07:00 pm',
    'CONCEPTO:',
    'pago',
  ]);

  assertFields(screen, {
    monto: '313.62',
    referencia: '190012345678',
    cedula: '11222333',
    telefono: '04121234567',
    banco_destino: '0105 - BANCO MERCANTIL',
    fecha: '2026-06-20',
    hora_operacion: '19:00',
    concepto: 'pago',
  });
});

test('Banesco: the phone and the identity of the paid one, not of the payer', () => {
  const screen = aScreen([
    'Operación Exitosa',
    '1.250,00 Bs',
    'Nro. de referencia      051234567890',
    'Fecha      03/05/2026',
    'Número celular de origen     0412-1111111',
    'Número celular de destino    0424-7654321',
    'Identificación receptor    V18999000',
    'Cuenta a debitar     0134****8812',
    'Banco receptor     0102 - BANCO DE VENEZUELA S.A.C.A',
  ]);

  assertFields(screen, {
    monto: '1250.00',
    telefono: '04247654321',
    cedula: '18999000',
    banco_origen: '0134 - BANESCO',
    banco_destino: '0102 - BANCO DE VENEZUELA',
  });
});

test('Mexico: SPEI keeps the tracking key beside the numeric reference', () => {
  const screen = aScreen([
    'Transferencia exitosa',
    '$1,234.56',
    'Cuenta origen    •••• 1234',
    'Cuenta destino   •••• 5678',
    'Nombre del beneficiario   Ana López Ruiz',
    'Banco destino    BANORTE',
    'Concepto   Renta mayo',
    'Fecha de operación  05/may/2026, 14:22:10 h',
    'Clave de rastreo   MBAN01002605050012345678',
    'Referencia numérica  0505261',
    'Comisión  $0.00',
  ]);

  assertFields(screen, {
    monto: '1234.56',
    referencia: '0505261',
    comprobante: 'MBAN01002605050012345678',
    beneficiario: 'Ana López Ruiz',
    banco_destino: 'BANORTE',
    cuenta_origen: '****1234',
    cuenta_destino: '****5678',
    fecha: '2026-05-05',
    hora_operacion: '14:22:10',
    concepto: 'Renta mayo',
  });
});

test('Colombia: whole pesos, a reference with a letter, questions as labels', () => {
  const screen = aScreen([
    '¡Envío realizado!',
    'Para',
    'Laura Gómez',
    '¿Cuánto?',
    '$ 30.000,00',
    'Número Nequi',
    '310 555 1234',
    'Fecha',
    '05 de mayo de 2026 a las 02:15 p. m.',
    'Referencia',
    'M12345678',
  ]);

  assertFields(screen, {
    monto: '30000.00',
    referencia: 'M12345678',
    telefono: '3105551234',
    fecha: '2026-05-05',
    hora_operacion: '14:15',
    beneficiario: 'Laura Gómez',
    canal_pago: 'Nequi',
  });
});

test('Peru: a masked phone gives none', () => {
  const screen = aScreen([
    '¡Yapeaste!',
    'S/ 50',
    'Juan Quispe M.',
    '05 may. 2026 | 10:30 a. m.',
    'Nro. de celular      *** *** 123',
    'Destino     Plin',
    'Nro. de operación     12345678',
  ]);

  assertFields(screen, {
    monto: '50.00',
    referencia: '12345678',
    telefono: undefined,
    fecha: '2026-05-05',
    hora_operacion: '10:30',
    banco_destino: 'PLIN',
  });
  assert.deepEqual(extract(screen).reasons, []);
});

test('Argentina: what stands below the payer is the payer, what stands below the paid one is theirs', () => {
  const screen = aScreen([
    'Mercado Pago',
    'Comprobante de transferencia',
    'Martes, 5 de mayo de 2026 a las 15:41 hs',
    '$ 30.000',
    'De',
    'Juan Perez',
    'CUIT/CUIL: 20-12345678-6',
    'CVU: 0000003100012345678901',
    'Para',
    'Maria Gomez',
    'CUIT/CUIL: 27-23456789-4',
    'CBU: 0070123430004012345678',
    'Número de operación',
    '98765432101',
  ]);

  assertFields(screen, {
    monto: '30000.00',
    referencia: '98765432101',
    beneficiario: 'Maria Gomez',
    cuenta_origen: '0000003100012345678901',
    cuenta_destino: '0070123430004012345678',
    identificador_fiscal: '27234567894',
    fecha: '2026-05-05',
    hora_operacion: '15:41',
  });
});

test('a concept that looks like a menu word or a title is still the concept', () => {
  for (const concept of ['pagos', 'transferencias', 'Comprobante de pago', '02 91 92 Ana', '61']) {
    assertFields(aScreen(['PagomóvilBDV', '104,54 Bs', `Concepto:      ${concept}`]), { concepto: concept });
  }
});

test('the heading amount is no concept: "00 Bs Fecha" is never one', () => {
  assertFields(aScreen(['PagomóvilBDV Personas 105,00 Bs Fecha : 20/06/ 2026 Operacion : 003039298732']), {
    concepto: undefined,
    monto: '105.00',
    fecha: '2026-06-20',
  });
});

test('the end of a phone is no cédula, though an identity is announced and cannot be read', () => {
  const screen = aScreen(['PagomóvilBDV', '104,54 Bs', 'Identificación:   04147654321', 'Destino:    04147654321']);

  assertFields(screen, { cedula: undefined, telefono: '04147654321' });
  assert.ok(extract(screen).reasons.includes('doubtful:cedula'));
});

test('a heading amount whose currency was misread is still the amount, less surely', () => {
  const { fields } = extract(aScreen(['PagomóvilBDV', '104,54 Rz', 'Fecha: 20/06/2026']));

  assert.equal(fields.monto?.value, '104.54');
  assert.ok(fields.monto.confidence < 0.9);
});

test('the tallest of several amounts above the details is the one paid', () => {
  const { fields } = extract(
    aScreen(['PagomóvilBDV', 'Tasa 36,50 Bs', '104,54 Bs', 'Fecha: 20/06/2026'], { bigRows: [2] }),
  );

  assert.equal(fields.monto?.value, '104.54');
});

test('a total that is not the sum proves nothing', () => {
  const { fields } = extract(aScreen(['BNC Móvil', 'Monto: Bs. 105,00', 'Comisión: Bs. 0,32', 'Total: Bs. 108,32']));

  assert.equal(fields.monto?.value, '105.00');
  assert.equal(fields.monto.source, 'ocr/label');
});

test('text far below a value, or a value that has its own label, is not its continuation', () => {
  assertFields(aScreen(['PagomóvilBDV', 'Concepto:   almuerzo', '', '', '           Hasta pronto']), {
    concepto: 'almuerzo',
  });
  assertFields(aScreen(['PagomóvilBDV', '               Concepto', 'Referencia     490123456']), {
    concepto: undefined,
  });
});

test('numbers and dates inside a concept belong to it', () => {
  assertFields(aScreen(['PagomóvilBDV', 'Concepto:   abono 20/05/2026 casa 1234567']), {
    concepto: 'abono 20/05/2026 casa 1234567',
  });
});

test('a time without am or pm takes it from the same minute printed elsewhere, and is doubted', () => {
  const { fields } = extract(
    aScreen(['20/06/2026 - 06:50:24 pm', 'Envío de Tpago', 'Fecha y hora    20/06/2026 - 06:50:20']),
  );

  assert.equal(fields.hora_operacion?.value, '18:50:20');
  assert.ok(fields.hora_operacion.confidence < 0.9);
});

test('a cédula whose letter was lost is known by the bank that follows it among the data of the beneficiary', () => {
  assertFields(
    aScreen(['BNC Móvil', 'Beneficiario:', '0416-1234567 MARIA SOTO', '12345678-MERCANTIL'], { pitch: 34 }),
    {
      cedula: '12345678',
      banco_destino: '0105 - BANCO MERCANTIL',
    },
  );
});

test('bank and reference of BDV are known by their form when their labels cannot be read', () => {
  const { fields } = extract(
    aScreen(['PagomóvilBDV', '104,54 Bs', 'Qwz       003039312345', 'Xyu       0105 - BANCO MERCANTIL']),
  );

  assert.equal(fields.referencia?.value, '003039312345');
  assert.ok(fields.referencia.confidence < 0.9);
  assert.equal(fields.banco_destino?.value, '0105 - BANCO MERCANTIL');
});

test('abroad the number of the receipt is the reference when it is the only one; in Venezuela it is not', () => {
  assertFields(aScreen(['¡Transferencia exitosa!', '$ 250.000', 'Comprobante No. 0000012345']), {
    referencia: '0000012345',
    comprobante: '0000012345',
  });
  assertFields(aScreen(['BNC Móvil', 'Bs. 105,00', 'Código autorizador: 282999']), {
    referencia: undefined,
    comprobante: '282999',
  });
});

test('the app that made the proof is the bank that pays, when nothing else says it', () => {
  assertFields(aScreen(['El dinero fue enviado', 'Bs. 313,62', 'Dinero Rápido']), {
    banco_origen: '0108 - BBVA PROVINCIAL',
  });
});

test('a phone that lost digits is asked for, never completed', () => {
  const { fields, reasons } = extract(
    aScreen(['PagomóvilBDV', '104,54 Bs', 'Fecha: 20/06/2026', 'Operación: 003039298732', 'Destino : 0424 /0/ 4539']),
  );

  assert.equal(fields.telefono, undefined);
  assert.deepEqual(reasons, ['doubtful:telefono']);
});

test('an amount among the details without its label may be the total, so it is doubted', () => {
  const { reasons } = extract(
    aScreen(['PagomóvilBDV', 'Fecha: 20/06/2026', 'Operación: 003039298732', 'T0t4I', 'Bs. 105,32']),
  );

  assert.deepEqual(reasons, ['doubtful:monto']);
});

test('labels whose values were not read do not take the value of the next label', () => {
  assertFields(aScreen(['BNC Móvil', 'Monto', 'Comisión:', 'Total', 'Bs. 105,32', 'Referencia', '490123456']), {
    referencia: '490123456',
  });

  const { fields } = extract(aScreen(['BNC Móvil', 'Monto', 'Comisión:', 'Total', 'Bs. 105,32']));

  assert.ok((fields.monto?.confidence ?? 0) < 0.8);
});

test('poorly read lines make their values doubtful', () => {
  const { fields } = extract(aScreen(bdvScreen, { confidence: 0.6 }));

  assert.ok((fields.referencia?.confidence ?? 1) < 0.8);
});

test('a document without text misses what identifies a payment', () => {
  const { fields, reasons } = extract(aScreen([]));

  assert.deepEqual(fields, {});
  assert.deepEqual(reasons, ['missing:monto', 'missing:referencia', 'missing:fecha']);
});

test('whatever the text, there is an answer, its confidences are probabilities and its values are not empty', () => {
  const words = fc.constantFrom(
    'Monto',
    'Bs.',
    '104,54',
    'Referencia:',
    '0030',
    '0414',
    'V-',
    '****',
    'Banco',
    '0102',
    'Fecha',
    '20/06/2026',
    'Concepto:',
    'pagos',
    'É¿\u0000',
  );
  const row = fc.oneof(
    fc.array(words, { maxLength: 8 }).map((parts) => parts.join(' ')),
    fc.string({ maxLength: 60 }),
  );
  fc.assert(
    fc.property(fc.array(row, { maxLength: 12 }), (rows) => {
      for (const field of Object.values(extract(aScreen(rows)).fields)) {
        assert.ok(field.confidence >= 0 && field.confidence <= 1);
        assert.ok(field.value.length > 0);
      }
    }),
    { numRuns: 200 },
  );
});

test('the same reading gives the same answer', () => {
  assert.deepEqual(extract(aScreen(bdvScreen)), extract(aScreen(bdvScreen)));
});

test('Chile: a transfer with RUT, whole pesos and a commission of nothing', () => {
  const screen = aScreen([
    'Banco de Chile',
    'Comprobante de transferencia',
    'Monto transferido     $ 125.000',
    'Comisión     $ 0',
    'Fecha     05/05/2026 11:22',
    'Nombre destinatario     Carla Soto Rojas',
    'Banco destino     Banco Estado',
    'N° de operación     84512377',
    'Mensaje     arriendo mayo',
  ]);

  const { fields } = extract(screen);

  assert.equal(fields.monto?.value, '125000.00');
  assert.equal(fields.referencia?.value, '84512377');
  assert.equal(fields.fecha?.value, '2026-05-05');
  assert.equal(fields.comision?.value, '0.00');
});

test('the commission is told apart from the amount and the total, and proves both', () => {
  const screen = aScreen([
    'Provincial Dinero Rápido',
    'Monto: Bs. 1.500,00',
    'Comisión: Bs. 4,50',
    'Total debitado: Bs. 1.504,50',
    'Referencia: 000123456789',
    'Fecha: 05/05/2026',
    'Concepto: condominio',
  ]);

  const { fields } = extract(screen);

  assert.deepEqual(
    [fields.monto?.value, fields.comision?.value, fields.concepto?.value],
    ['1500.00', '4.50', 'condominio'],
  );
  assert.equal(fields.monto?.source, 'ocr/arithmetic');
});

test('without a commission on the proof none is given', () => {
  const { fields } = extract(aScreen(['PagomóvilBDV', '104,54 Bs', 'Fecha: 20/06/2026', 'Referencia: 123456789012']));

  assert.equal(fields.comision, undefined);
});
