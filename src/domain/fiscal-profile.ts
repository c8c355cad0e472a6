import { z } from 'zod';
import { taxIdRules } from './tax-id/registry.ts';
import { isRfcForm, rfcCheckDigit } from './tax-id/rfc.ts';

/** What an invoice needs to know of whom it is for. Regime, postal code and use are Mexico's (CFDI 4.0); null elsewhere. */
export const FiscalProfile = z.object({
  taxId: z.string(),
  /** ISO 3166-1 alpha-2. */
  country: z.string().length(2),
  /** Exactly as the tax authority has it; in Mexico without the kind of company (`SA DE CV`). */
  name: z.string().min(1).max(254),
  regime: z.string().nullable(),
  postalCode: z.string().nullable(),
  cfdiUse: z.string().nullable(),
  email: z.email().max(254),
});
export type FiscalProfile = z.infer<typeof FiscalProfile>;

/** SAT, catalogue c_RegimenFiscal of CFDI 4.0; `for` tells persons (F) and companies (M) apart. */
export const regimes: Readonly<Record<string, { name: string; for: 'F' | 'M' | 'FM' }>> = {
  601: { name: 'General de Ley Personas Morales', for: 'M' },
  603: { name: 'Personas Morales con Fines no Lucrativos', for: 'M' },
  605: { name: 'Sueldos y Salarios', for: 'F' },
  606: { name: 'Arrendamiento', for: 'F' },
  607: { name: 'Enajenación o Adquisición de Bienes', for: 'F' },
  608: { name: 'Demás ingresos', for: 'F' },
  610: { name: 'Residentes en el Extranjero', for: 'FM' },
  611: { name: 'Dividendos', for: 'F' },
  612: { name: 'Actividades Empresariales y Profesionales', for: 'F' },
  614: { name: 'Ingresos por intereses', for: 'F' },
  615: { name: 'Obtención de premios', for: 'F' },
  616: { name: 'Sin obligaciones fiscales', for: 'F' },
  620: { name: 'Sociedades Cooperativas de Producción', for: 'M' },
  621: { name: 'Incorporación Fiscal', for: 'F' },
  622: { name: 'Actividades Agrícolas, Ganaderas, Silvícolas y Pesqueras', for: 'M' },
  623: { name: 'Opcional para Grupos de Sociedades', for: 'M' },
  624: { name: 'Coordinados', for: 'M' },
  625: { name: 'Plataformas Tecnológicas', for: 'F' },
  626: { name: 'Simplificado de Confianza (RESICO)', for: 'FM' },
};

/** SAT, catalogue c_UsoCFDI of CFDI 4.0: those that a purchase receipt may have. */
export const cfdiUses: Readonly<Record<string, string>> = {
  G01: 'Adquisición de mercancías',
  G03: 'Gastos en general',
  I01: 'Construcciones',
  I02: 'Mobiliario y equipo de oficina',
  I03: 'Equipo de transporte',
  I04: 'Equipo de cómputo',
  I08: 'Otra maquinaria y equipo',
  D01: 'Honorarios médicos y gastos hospitalarios',
  D02: 'Gastos médicos por incapacidad',
  D04: 'Donativos',
  D07: 'Primas de seguros de gastos médicos',
  D10: 'Servicios educativos (colegiaturas)',
  S01: 'Sin efectos fiscales',
};

export interface CheckedTaxId {
  taxId: string;
  country: string;
  /** False for an RFC whose check digit is wrong: some in use have one, so it is warned of and taken. */
  isSure: boolean;
}

/** A typed tax id of any country that we know, in its stable form; null when it is of none. */
export function checkTaxId(typed: string): CheckedTaxId | null {
  const compact = typed.toUpperCase().replace(/[\s.\-/]/g, '');
  if (compact.length > 20) return null;
  if (isRfcForm(compact))
    return { taxId: compact, country: 'MX', isSure: isGeneric(compact) || rfcCheckDigit(compact) === compact.at(-1) };
  const rule = taxIdRules.find(({ kind, isValid }) => kind !== 'rfc' && isValid(compact));
  return rule ? { taxId: rule.format(compact), country: rule.country, isSure: true } : null;
}

function isGeneric(rfc: string): boolean {
  return rfc === 'XAXX010101000' || rfc === 'XEXX010101000';
}

/** The regimes that the holder of an RFC may have: 12 characters are a company, 13 a person. */
export function regimesFor(rfc: string): string[] {
  const kind = rfc.length === 12 ? 'M' : 'F';
  return Object.keys(regimes).filter((code) => regimes[code]?.for.includes(kind));
}

const kindOfCompany =
  /[\s,]+(S\.?\s?A\.?\s?P\.?\s?I\.?|S\.?\s?A\.?\s?B?\.?|S\.?\s?DE\s?R\.?\s?L\.?|S\.?\s?C\.?|A\.?\s?C\.?)(\s?DE\s?C\.?\s?V\.?)?$/i;

/** The name without the kind of company at its end (`SA DE CV`), which a Constancia does not have; null when there is none. */
export function withoutCompanyKind(name: string): string | null {
  const bare = name.replace(kindOfCompany, '').trim();
  return bare !== '' && bare !== name ? bare : null;
}
