import { loadBankCatalog } from '../../../../src/pipeline/extract/payment/bank-catalog.ts';

/** The catalogue as shipped. */
export const banks = loadBankCatalog(new URL('../../../../config/banks.json', import.meta.url));
