import { randomBytes } from 'node:crypto';
import type { Answer, Exchange, PortalParts } from './a-portal.ts';
import { captchaPicture, escaped, field, page, regimeOptions, select, useOptions } from './page-parts.ts';
import { aPdf, portalWords, type Recipient } from './portal-books.ts';

/**
 * Whole pages in the manner of ASP.NET WebForms: each form carries a `__VIEWSTATE` that is good once and belongs to the session's
 * cookie; a post without it, or with an old one, is refused with 400, so that going back or sending twice shows.
 */
export function aspPages({ books, trouble }: PortalParts): (exchange: Exchange) => Promise<Answer> {
  const sessions = new Map<string, { state: string; folio: string; total: string }>();

  function form(session: string, action: string, body: string): string {
    const state = randomBytes(12).toString('hex');
    const known = sessions.get(session) ?? { state, folio: '', total: '' };
    sessions.set(session, { ...known, state });
    return `<form method="post" action="${action}"><input type="hidden" name="__VIEWSTATE" value="${state}">${body}</form>`;
  }

  function ticketPage(session: string, error = ''): string {
    const [folio, total] = trouble.isChanged ? ['noTransaccion', 'importe'] : ['txtFolio', 'txtTotal'];
    const fields = `${field(folio, trouble.isChanged ? 'Transacción' : 'Folio')}${field(total, trouble.isChanged ? 'Importe' : 'Total')}`;
    const links = '<a href="/consulta">Consultar una factura</a>';
    const submit = '<button id="btnBuscar">Buscar ticket</button>';
    return page('Ticket', `<p class="error">${escaped(error)}</p>${form(session, '/ticket', fields + submit)}${links}`);
  }

  function recipientPage(session: string, error = ''): string {
    const fields = [
      field('txtRfc', 'RFC'),
      field('txtNombre', 'Razón social'),
      field('txtCp', 'Código postal'),
      select('ddlRegimen', 'Régimen fiscal', regimeOptions),
      select('ddlUso', 'Uso de CFDI', useOptions),
      field('txtCorreo', 'Correo electrónico'),
      trouble.captcha === null
        ? ''
        : `<img id="imgCaptcha" src="/captcha.svg" alt="captcha">${field('txtCaptcha', 'Escribe el texto')}`,
      '<button id="btnFacturar">Facturar</button>',
    ];
    return page('Receptor', `<p class="error">${escaped(error)}</p>${form(session, '/facturar', fields.join(''))}`);
  }

  function donePage(folio: string): string {
    const links = `<a id="lnkXml" href="/xml?folio=${folio}">Descargar XML</a> <a id="lnkPdf" href="/pdf?folio=${folio}">Descargar PDF</a>`;
    return page('Factura', `<p>${portalWords.ok}</p>${links}`);
  }

  async function post({ path, form: sent }: Exchange, session: string): Promise<Answer> {
    const known = sessions.get(session);
    if (!known || sent.get('__VIEWSTATE') !== known.state) return { status: 400, body: 'Invalid viewstate' };
    if (path === '/ticket') return { body: takeTicket(session, sent) };
    if (path === '/consulta') return { body: lookUp(sent.get('txtFolio') ?? '') };
    if (path !== '/facturar') return { status: 404, body: '' };
    if (trouble.captcha !== null && sent.get('txtCaptcha') !== trouble.captcha)
      return { body: recipientPage(session, 'El texto de la imagen no es correcto') };
    await trouble.atSubmit('before');
    const error = books.submit(known.folio, known.total, recipientOf(sent));
    await trouble.atSubmit('after');
    return { body: error === null ? donePage(known.folio) : recipientPage(session, error) };
  }

  function takeTicket(session: string, sent: URLSearchParams): string {
    const [folio, total] = [sent.get('txtFolio') ?? '', sent.get('txtTotal') ?? ''];
    const found = books.find(folio, total);
    if (typeof found === 'string') return ticketPage(session, found);
    sessions.set(session, { state: '', folio, total });
    return recipientPage(session);
  }

  function lookUp(folio: string): string {
    return books.invoice(folio) === null ? page('Consulta', `<p>${portalWords.none}</p>`) : donePage(folio);
  }

  return async (exchange) => {
    const [path = '', query = ''] = exchange.path.split('?');
    const session = /sid=(\w+)/.exec(exchange.cookie)?.[1] ?? randomBytes(8).toString('hex');
    const headers = { 'set-cookie': `sid=${session}; HttpOnly; Path=/` };
    const folio = new URLSearchParams(query).get('folio') ?? '';
    if (exchange.method === 'POST') return { headers, ...(await post(exchange, session)) };
    if (path === '/') return { headers, body: ticketPage(session) };
    if (path === '/consulta') {
      const body = form(
        session,
        '/consulta',
        `${field('txtFolio', 'Folio')}<button id="btnConsultar">Consultar</button>`,
      );
      return { headers, body: page('Consulta', body) };
    }
    if (path === '/captcha.svg') return { type: 'image/svg+xml', body: captchaPicture(trouble.captcha ?? '') };
    if (path === '/pdf') return { type: 'application/pdf', body: aPdf };
    const xml = path === '/xml' ? books.invoice(folio) : null;
    return xml === null ? { status: 404, body: 'No encontrado' } : { type: 'application/xml', body: xml };
  };
}

export function recipientOf(sent: URLSearchParams): Recipient {
  const of = (name: string) => sent.get(name) ?? '';
  return {
    rfc: of('txtRfc'),
    name: of('txtNombre'),
    regime: of('ddlRegimen'),
    postalCode: of('txtCp'),
    use: of('ddlUso'),
    email: of('txtCorreo'),
  };
}
