import type { Extraction, Fields, FieldValue } from '../../../domain/document.ts';
import type { Reading } from '../../../domain/reading.ts';
import { doubtfulBelow } from '../reasons.ts';
import type { BankCatalog } from './bank-catalog.ts';
import { bancoDestinoOf, bancoOrigenOf } from './fields-of-banks.ts';
import { comisionOf, montoOf } from './fields-of-money.ts';
import { canalOf, comprobanteOf, fechaOf, horaOf, referenciaOf, tipoOf } from './fields-of-operation.ts';
import {
  cedulaOf,
  cuentaDestinoOf,
  cuentaOrigenOf,
  identificadorFiscalOf,
  isCedulaDamaged,
  isPhoneDamaged,
  telefonoOf,
} from './fields-of-parties.ts';
import { beneficiarioOf, conceptoOf } from './fields-of-words.ts';
import { type Proof, proofOf } from './proof.ts';

export interface PaymentOptions {
  /** The company's own date, YYYY-MM-DD: a payment from the future is doubted. */
  readonly today: string;
  readonly banks: BankCatalog;
}

/** Without these a payment cannot be told from another: they are asked for when they are not on the proof. */
const requiredFields = ['monto', 'referencia', 'fecha'] as const;
/** Fields that somebody has to look at when they are this doubtful; the others are a convenience. */
const checkedFields = ['monto', 'referencia', 'fecha', 'telefono', 'cedula', 'banco_destino'] as const;

/** Reads the fields of a payment proof. Pure; what is not on the proof is left out, never guessed. */
export function extractPayment(reading: Reading, options: PaymentOptions): Extraction {
  const proof = proofOf(reading, options);
  const fields = fieldsOf(proof);
  return { fields, reasons: reasonsOf(fields, proof) };
}

function fieldsOf(proof: Proof): Fields {
  const origin = cuentaOrigenOf(proof);
  const destination = cuentaDestinoOf(proof);
  return present({
    monto: montoOf(proof),
    referencia: referenciaOf(proof),
    telefono: telefonoOf(proof),
    cedula: cedulaOf(proof),
    fecha: fechaOf(proof),
    banco_origen: bancoOrigenOf(proof, origin),
    banco_destino: bancoDestinoOf(proof, destination),
    concepto: conceptoOf(proof),
    beneficiario: beneficiarioOf(proof),
    cuenta_origen: origin,
    cuenta_destino: destination,
    tipo_transaccion: tipoOf(proof),
    hora_operacion: horaOf(proof),
    identificador_fiscal: identificadorFiscalOf(proof),
    comprobante: comprobanteOf(proof),
    canal_pago: canalOf(proof),
    comision: comisionOf(proof),
  });
}

function present(fields: Record<string, FieldValue | null>): Fields {
  // fromEntries forgets the keys; they are the field names that fieldsOf wrote.
  return Object.fromEntries(Object.entries(fields).filter(([, field]) => field !== null)) as Fields;
}

function reasonsOf(fields: Fields, proof: Proof): string[] {
  const missing = requiredFields.filter((name) => !fields[name]).map((name) => `missing:${name}`);
  const doubtful = checkedFields.filter((name) => (fields[name]?.confidence ?? 1) < doubtfulBelow);
  const damaged = [
    ...(!fields.telefono && isPhoneDamaged(proof) ? ['telefono'] : []),
    ...(!fields.cedula && isCedulaDamaged(proof) ? ['cedula'] : []),
  ];
  return [...missing, ...[...doubtful, ...damaged].map((name) => `doubtful:${name}`)];
}
