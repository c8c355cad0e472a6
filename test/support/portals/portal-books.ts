import { aCfdi } from '../e-invoices.ts';

/** One sale of the shop, as its till sent it to the portal. */
export interface Sale {
  folio: string;
  total: string;
  /** YYYY-MM-DD. */
  date: string;
  isExpired?: boolean;
}

/** What the portal's form must say of whom the invoice is for. */
export interface Recipient {
  rfc: string;
  name: string;
  regime: string;
  postalCode: string;
  use: string;
  email: string;
}

export const aPdf = Buffer.from('%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n');

/** In the portal's own words. */
export const portalWords = {
  unknown: 'El ticket no existe o aún no está disponible',
  wrongTotal: 'El total no coincide con el ticket',
  expired: 'El periodo para facturar este ticket ha terminado',
  already: 'Este ticket ya fue facturado',
  wrongRecipient: 'Los datos del receptor no son válidos ante el SAT',
  none: 'El ticket no tiene factura',
  ok: 'Tu factura se generó correctamente',
};

/**
 * What any invoicing portal does behind its pages: knows sales, checks as strictly as the real ones (total to the cent, form of the
 * RFC, a name without the kind of company, a regime of the catalogue), makes one CFDI a sale, and counts who submitted what.
 */
export function portalBooks(sales: readonly Sale[]) {
  const invoices = new Map<string, string>();
  const submissions: { folio: string; recipient: Recipient }[] = [];

  function find(folio: string, total: string): Sale | string {
    const sale = sales.find((one) => one.folio === folio);
    if (!sale) return portalWords.unknown;
    if (Number(total) !== Number(sale.total)) return portalWords.wrongTotal;
    if (invoices.has(folio)) return portalWords.already;
    return sale.isExpired ? portalWords.expired : sale;
  }

  return {
    find,
    submissions,
    /** Makes the CFDI; null when all is well, else what is wrong. */
    submit(folio: string, total: string, recipient: Recipient): string | null {
      submissions.push({ folio, recipient });
      const sale = find(folio, total);
      if (typeof sale === 'string') return sale;
      if (!isFine(recipient)) return portalWords.wrongRecipient;
      invoices.set(folio, aCfdi({ total: sale.total, recipient: recipient.rfc, issuedAt: `${sale.date}T18:00:00` }));
      return null;
    },
    invoice: (folio: string) => invoices.get(folio) ?? null,
  };
}

export type PortalBooks = ReturnType<typeof portalBooks>;

function isFine({ rfc, name, regime, postalCode, use, email }: Recipient): boolean {
  return (
    /^[A-ZÑ&]{3,4}\d{6}[A-Z\d]{3}$/.test(rfc) &&
    name !== '' &&
    name === name.toUpperCase() &&
    !/ S\.?A\.? DE C\.?V\.?$/.test(name) &&
    /^6\d\d$/.test(regime) &&
    /^\d{5}$/.test(postalCode) &&
    /^[A-Z]{1,2}\d{2}$/.test(use) &&
    email.includes('@')
  );
}
