import type { FiscalProfile } from '../../../src/domain/fiscal-profile.ts';

/** The SAT's own test company, for whom invoices are made in tests. */
export const ourProfile = {
  taxId: 'EKU9003173C9',
  country: 'MX',
  name: 'ESCUELA KEMPER URGATE',
  regime: '601',
  postalCode: '26015',
  cfdiUse: 'G03',
  email: 'facturas@ejemplo.mx',
} satisfies FiscalProfile;
