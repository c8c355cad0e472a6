import type { Question } from '../../domain/compliance.ts';
import { escapeXml } from '../escape-xml.ts';

/**
 * What the SAT wants to know of a CFDI, as its QR code says it (Anexo 20, RMF): `?re=…&rr=…&tt=…&id=…&fe=…`; version 3.2 has its total
 * with six decimals in 17 characters and no `fe`. Tax ids are escaped as in XML, for `&` is a letter of some.
 */
export function satExpression({ version, uuid, issuer, recipient, total, sealTail }: Question): string {
  const parts = `?re=${escapeXml(issuer ?? '')}&rr=${escapeXml(recipient ?? '')}`;
  if (version === '3.2') return `${parts}&tt=${fixedTotal(total ?? '0')}&id=${uuid}`;
  return `${parts}&tt=${shortTotal(total ?? '0')}&id=${uuid}&fe=${sealTail ?? ''}`;
}

/** `%017.6f`, on the decimal text itself. */
function fixedTotal(total: string): string {
  const [whole = '0', fraction = ''] = total.split('.');
  return `${whole}.${fraction.slice(0, 6).padEnd(6, '0')}`.padStart(17, '0');
}

/** Up to 18 and 6 digits, no zeros at the end but one decimal: 1 → 1.0, 116.10 → 116.1. */
function shortTotal(total: string): string {
  const [whole = '0', fraction = ''] = total.split('.');
  const kept = fraction.slice(0, 6).replace(/0+$/, '');
  return `${whole.replace(/^0+(?=\d)/, '')}.${kept === '' ? '0' : kept}`;
}
