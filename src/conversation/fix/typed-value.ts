import type { FieldName } from '../../domain/document.ts';
import { fold } from '../command.ts';
import { plainText } from '../plain-text.ts';
import { typedDay } from './typed-day.ts';

export type FieldFormat = 'amount' | 'day' | 'time' | 'currency' | 'payment-method' | 'identifier' | 'digits' | 'words';

const formats: Partial<Record<FieldName, FieldFormat>> = {
  ...{ total: 'amount', subtotal: 'amount', tax: 'amount', monto: 'amount' },
  ...{ date: 'day', fecha: 'day', time: 'time', hora_operacion: 'time' },
  ...{ currency: 'currency', paymentMethod: 'payment-method', telefono: 'digits' },
  ...{ taxId: 'identifier', folio: 'identifier', referencia: 'identifier', cedula: 'identifier' },
  ...{ cuenta_origen: 'identifier', cuenta_destino: 'identifier' },
  ...{ identificador_fiscal: 'identifier', comprobante: 'identifier' },
};

export function formatOf(name: FieldName): FieldFormat {
  return formats[name] ?? 'words';
}

const maxWordsLength = 120;
const paymentWords: Readonly<Record<string, string>> = {
  ...{ efectivo: 'cash', cash: 'cash', dinheiro: 'cash', tarjeta: 'card', card: 'card', cartao: 'card' },
  ...{
    'tarjeta de credito': 'credit_card',
    'cartao de credito': 'credit_card',
    credito: 'credit_card',
    'credit card': 'credit_card',
    credit: 'credit_card',
  },
  ...{
    'tarjeta de debito': 'debit_card',
    'cartao de debito': 'debit_card',
    debito: 'debit_card',
    'debit card': 'debit_card',
    debit: 'debit_card',
  },
  ...{ transferencia: 'transfer', transfer: 'transfer' },
};

/** What a person typed for a field, in the field's stable form; null when it is not of the field's format. */
export function typedValue(name: FieldName, typed: string, now: Date): string | null {
  if (typed.length > 1000) return null;
  const text = plainText(typed);
  switch (formatOf(name)) {
    case 'amount':
      return typedAmount(text);
    case 'day':
      return typedDay(text, now);
    case 'time':
      return typedTime(text);
    case 'currency':
      return typedCurrency(text);
    case 'payment-method':
      return paymentWords[fold(text)] ?? null;
    case 'identifier':
      return typedIdentifier(text);
    case 'digits':
      return /^\d{7,15}$/.test(text.replace(/[\s().+-]/g, '')) ? text.replace(/\D/g, '') : null;
    case 'words':
      return /[\p{L}\p{N}]/u.test(text) && text.length <= maxWordsLength ? text : null;
  }
}

/** `1,234.50`, `1.234,50`, `$ 1234`, `1234,5` → `1234.50`. One or two digits after the last sign are decimals, three are thousands. */
export function typedAmount(text: string): string | null {
  const bare = text.replace(/^[\p{L}$€.]*\$?\s*|\s*[\p{L}$€]*$/gu, '').replace(/[\s']/g, '');
  const [, whole = '', grouping, point, decimals = ''] =
    /^(\d{1,3}(?:([.,])\d{3}(?:\2\d{3})*)?|\d{1,12})(?:([.,])(\d{1,2}))?$/.exec(bare) ?? [];
  if (point !== undefined && point === grouping) return null;
  const digits = whole.replace(/[.,]/g, '').replace(/^0+(?=\d)/, '');
  if (digits === '' || digits.length > 12) return null;
  return `${digits}.${decimals.padEnd(2, '0')}`;
}

/** `18:05`, `6:05 pm`, `18:05:30` */
function typedTime(text: string): string | null {
  const [, hours = '', minutes = '', seconds, half = ''] =
    /^(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?\s*([ap])?\.?\s*(?:m\.?)?$/.exec(fold(text)) ?? [];
  if (hours === '' || Number(minutes) > 59 || Number(seconds ?? 0) > 59) return null;
  const hour = half === '' ? Number(hours) : (Number(hours) % 12) + (half === 'p' ? 12 : 0);
  if (hour > 23 || (half !== '' && Number(hours) > 12)) return null;
  return [String(hour).padStart(2, '0'), minutes, ...(seconds ? [seconds] : [])].join(':');
}

function typedCurrency(text: string): string | null {
  const code = text.toUpperCase();
  return Intl.supportedValuesOf('currency').includes(code) ? code : null;
}

/** Letters, digits and the signs that folios and accounts have, without blanks; at least one digit. */
function typedIdentifier(text: string): string | null {
  const compact = text.replace(/\s/g, '').toUpperCase();
  return /^[\p{L}\d&*/.#-]{3,60}$/u.test(compact) && /\d/.test(compact) ? compact : null;
}
