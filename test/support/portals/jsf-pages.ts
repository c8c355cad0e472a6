import type { Answer, Exchange, PortalParts } from './a-portal.ts';
import { recipientOf } from './asp-pages.ts';
import { field, page, regimeOptions, select, useOptions } from './page-parts.ts';
import { aPdf, portalWords } from './portal-books.ts';

/**
 * One page that never goes away, in the manner of JSF: buttons post the form by script and the server answers XML with the part to
 * be replaced, under the same ids as before; each field is posted when it is left, and the total is taken from that post only.
 */
export function jsfPages({ books, trouble }: PortalParts): (exchange: Exchange) => Promise<Answer> {
  let leftTotal = '';

  function partial(html: string): Answer {
    const body = `<?xml version="1.0"?><partial-response><changes><update id="panel"><![CDATA[${html}]]></update></changes></partial-response>`;
    return { type: 'text/xml', body };
  }

  async function post(form: URLSearchParams): Promise<Answer> {
    const source = form.get('source');
    if (source === 'leave') {
      leftTotal = form.get('frm:total') ?? '';
      return { type: 'text/xml', body: '<?xml version="1.0"?><partial-response/>' };
    }
    if (source === 'buscar') {
      const found = books.find(form.get('frm:folio') ?? '', leftTotal);
      return partial(typeof found === 'string' ? `${ticketPart}<p>${found}</p>` : recipientPart(form));
    }
    if (source === 'consultar') {
      const folio = form.get('frm:folio') ?? '';
      return partial(books.invoice(folio) === null ? `<p>${portalWords.none}</p>` : donePart(folio));
    }
    await trouble.atSubmit('before');
    const folio = form.get('folioSel') ?? '';
    const error = books.submit(folio, leftTotal, recipientOf(form));
    await trouble.atSubmit('after');
    return partial(error === null ? donePart(folio) : `<p>${error}</p>`);
  }

  return async ({ path, method, form }) => {
    if (method === 'POST') return post(form);
    const folio = new URLSearchParams(path.split('?')[1]).get('folio') ?? '';
    if (path.startsWith('/xml')) {
      const disposition = { 'content-disposition': `attachment; filename="${folio}.xml"` };
      return { type: 'application/xml', headers: disposition, body: books.invoice(folio) ?? '' };
    }
    if (path.startsWith('/pdf')) return { type: 'application/pdf', body: aPdf };
    return {
      body: page('Facturación', `<form id="frm"><div id="panel">${ticketPart}</div></form><script>${script}</script>`),
    };
  };
}

const ticketPart = `${field('frm:folio', 'Folio')}${field('frm:total', 'Total', 'onblur="send(\'leave\', false)"')}<button type="button" onclick="send('buscar')">Continuar</button><button type="button" onclick="send('consultar')">Consultar</button>`;

/** The same button text as on the part before. */
function recipientPart(form: URLSearchParams): string {
  return `<input type="hidden" name="folioSel" value="${form.get('frm:folio')}">${field('txtRfc', 'RFC')}${field('txtNombre', 'Nombre')}${field('txtCp', 'C.P.')}${select('ddlRegimen', 'Régimen', regimeOptions)}${select('ddlUso', 'Uso', useOptions)}${field('txtCorreo', 'Correo')}<button type="button" onclick="send('facturar')">Continuar</button>`;
}

function donePart(folio: string): string {
  return `<p>${portalWords.ok}</p><button type="button" onclick="location.href='/xml?folio=${folio}'">XML</button><a href="/pdf?folio=${folio}">PDF</a>`;
}

const script = `
async function send(source, replaces = true) {
  const body = new URLSearchParams(new FormData(document.getElementById('frm')));
  body.set('source', source);
  const response = await fetch('/partial', { method: 'POST', body });
  const update = /<!\\[CDATA\\[([\\s\\S]*)\\]\\]>/.exec(await response.text());
  if (replaces && update) document.getElementById('panel').innerHTML = update[1];
}`;
