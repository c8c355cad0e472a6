import type { Category } from '../domain/booking.ts';
import type { Accounting } from './accounting.ts';

/** Accounts of the local ledger; what a person writes in their place is taken as well. */
export const ledgerCategories: readonly Category[] = [
  ['combustible', 'Combustible'],
  ['alimentos', 'Alimentos y restaurantes'],
  ['hospedaje', 'Hospedaje y viajes'],
  ['transporte', 'Transporte y envíos'],
  ['oficina', 'Papelería y oficina'],
  ['tecnologia', 'Tecnología'],
  ['servicios', 'Servicios públicos, teléfono e internet'],
  ['honorarios', 'Honorarios y servicios profesionales'],
  ['salud', 'Salud y farmacia'],
  ['mantenimiento', 'Mantenimiento y reparaciones'],
  ['otros', 'Otros gastos'],
].map(([id = '', name = '']) => ({ id, name }));

/** The embedded default: the booking itself is the entry, so nothing has to be sent anywhere. */
export function createLedger(): Accounting {
  return {
    name: 'ledger',
    categories: async () => [...ledgerCategories],
    prepare: async () => undefined,
    findBill: async ({ id }) => id,
    createBill: async ({ id }) => id,
    attach: async () => undefined,
  };
}
