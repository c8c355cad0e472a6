import { abn } from './abn.ts';
import { cuit } from './cuit.ts';
import { nif } from './nif.ts';
import { nitColombia, nitGuatemala } from './nit.ts';
import { rfc } from './rfc.ts';
import { rif } from './rif.ts';
import { rucEcuador, rucPeru } from './ruc.ts';
import { rut } from './rut.ts';
import type { TaxIdRule } from './tax-id.ts';

/** Every tax id we know how to check. */
export const taxIdRules: readonly TaxIdRule[] = [
  rfc,
  rut,
  cuit,
  nif,
  rucPeru,
  rucEcuador,
  nitColombia,
  nitGuatemala,
  rif,
  abn,
];
