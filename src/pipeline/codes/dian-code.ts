import type { FiscalFacts } from '../../domain/code.ts';
import { nitColombia, nitColombiaCheckDigit } from '../../domain/tax-id/nit.ts';
import { addressAt, amountOf, dateOf, factsOf, textOrNull } from './facts.ts';

const hosts: ReadonlySet<string> = new Set(['catalogo-vpfe.dian.gov.co', 'catalogo-vpfe-hab.dian.gov.co']);
const cufeForm = /^[0-9a-f]{96}$/i;

/**
 * Colombia: what the DIAN's technical annex puts into the QR, `NumFac: …` line by line (some write `=`, some no line ends) with the
 * address at the end, or the address alone.
 */
export function parseDianCode(text: string): FiscalFacts | null {
  const values = labelled(text);
  const isCredit = values.has('cude') && /^(nc|n\/?c)/i.test(values.get('numfac') ?? '');
  const cufe = [values.get('cufe'), values.get('cude'), documentKey(text)].find((key) => key && cufeForm.test(key));
  if (!cufe) return null;
  return factsOf('DIAN', {
    documentId: cufe.toLowerCase(),
    issuerTaxId: nitIn(values.get('nitfac')),
    recipientTaxId: textOrNull(values.get('docadq')),
    folio: textOrNull(values.get('numfac')),
    date: dateOf(values.get('fecfac')),
    time: /^(\d\d:\d\d:\d\d)/.exec(values.get('horfac') ?? '')?.[1] ?? null,
    tax: amountOf(values.get('valiva'), isCredit),
    total: amountOf(values.get('valtolfac') ?? values.get('valtot'), isCredit),
    currency: values.has('valtolfac') ? 'COP' : null,
  });
}

const label =
  /\b(NumFac|FecFac|HorFac|NitFac|DocAdq|ValFac|ValIva|ValOtroIm|ValTolFac|ValTot|CUFE|CUDE|QRCode)\s*[:=]\s*/gi;

function labelled(text: string): ReadonlyMap<string, string> {
  const found = [...text.matchAll(label)];
  return new Map(
    found.map((match, index) => {
      const end = found[index + 1]?.index ?? text.length;
      const value = text.slice(match.index + match[0].length, end).split(/[\r\n]/)[0] ?? '';
      return [(match[1] ?? '').toLowerCase(), value.replace(/[,;|\s]+$/, '').trim()];
    }),
  );
}

function documentKey(text: string): string | null {
  const address = /https?:\/\/\S+/i.exec(text)?.[0];
  const url = address ? addressAt(address, hosts) : null;
  return url?.searchParams.get('documentkey') ?? url?.searchParams.get('documentKey') ?? null;
}

/** The code has the NIT mostly without its check digit; fields have it. */
function nitIn(text: string | undefined): string | null {
  const digits = text?.replace(/[.\s-]/g, '') ?? '';
  if (/^[1-9]\d{8}$/.test(digits)) return nitColombia.format(`${digits}${nitColombiaCheckDigit(digits)}`);
  return nitColombia.isValid(digits) ? nitColombia.format(digits) : null;
}
