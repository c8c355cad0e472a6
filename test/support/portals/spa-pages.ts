import type { Answer, Exchange, PortalParts } from './a-portal.ts';
import { page, regimeOptions, useOptions } from './page-parts.ts';
import { aPdf, portalWords } from './portal-books.ts';

/**
 * A script that draws everything, in the manner of Angular: the fields appear late, lists are drawn by the page (role `option`),
 * errors come as a dialog of the browser, the API speaks JSON and answers 409 and 422.
 */
export function spaPages({ books, trouble }: PortalParts): (exchange: Exchange) => Promise<Answer> {
  const json = (status: number, body: object): Answer => ({
    status,
    type: 'application/json',
    body: JSON.stringify(body),
  });

  return async ({ path, json: sent }) => {
    const { folio = '', total = '' } = sent;
    if (path === '/api/ticket') {
      const found = books.find(folio, total);
      return typeof found === 'string' ? json(422, { mensaje: found }) : json(200, {});
    }
    if (path === '/api/factura') {
      await trouble.atSubmit('before');
      const { rfc = '', nombre = '', regimen = '', cp = '', uso = '', correo = '' } = sent;
      const recipient = { rfc, name: nombre, regime: regimen, postalCode: cp, use: uso, email: correo };
      const error = books.submit(folio, total, recipient);
      await trouble.atSubmit('after');
      return error === null ? json(200, { mensaje: portalWords.ok }) : json(409, { mensaje: error });
    }
    if (path === '/api/consulta')
      return json(200, { mensaje: books.invoice(folio) ? portalWords.ok : portalWords.none });
    const asked = new URLSearchParams(path.split('?')[1]).get('folio') ?? '';
    if (path.startsWith('/api/xml')) return { type: 'text/xml', body: books.invoice(asked) ?? '' };
    if (path.startsWith('/api/pdf')) return { type: 'application/pdf', body: aPdf };
    return { body: page('Autofactura', `<app-root></app-root><script>${script}</script>`) };
  };
}

const script = `
const lists = ${JSON.stringify({ regimen: regimeOptions, uso: useOptions })};
const model = {};
const root = document.querySelector('app-root');
const call = async (path, body) => (await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }));
function input(name, label) { return '<label>' + label + ' <input data-name="' + name + '" aria-label="' + label + '"></label>'; }
function list(name, label) { return '<div role="combobox" tabindex="0" aria-label="' + label + '" data-list="' + name + '">' + label + '</div>'; }
function draw(html) {
  root.innerHTML = html;
  for (const one of root.querySelectorAll('[data-name]')) one.addEventListener('input', () => { model[one.dataset.name] = one.value; });
  for (const one of root.querySelectorAll('[data-list]')) one.addEventListener('click', () => setTimeout(() => open(one), 120));
  for (const one of root.querySelectorAll('[data-go]')) one.addEventListener('click', () => go[one.dataset.go]());
}
function open(box) {
  const panel = document.createElement('div');
  for (const [value, text] of lists[box.dataset.list]) {
    const option = document.createElement('div');
    option.setAttribute('role', 'option'); option.textContent = text;
    option.addEventListener('click', () => { model[box.dataset.list] = value; box.textContent = text; panel.remove(); });
    panel.append(option);
  }
  document.body.append(panel);
}
const done = () => draw('<p>${portalWords.ok}</p><a href="/api/xml?folio=' + model.folio + '" target="_blank">XML</a> <a href="/api/pdf?folio=' + model.folio + '" target="_blank">PDF</a>');
const go = {
  async ticket() {
    const answer = await call('/api/ticket', model);
    if (!answer.ok) return alert((await answer.json()).mensaje);
    setTimeout(() => draw(input('rfc', 'RFC') + input('nombre', 'Razón social') + input('cp', 'Código postal') + list('regimen', 'Régimen fiscal') + list('uso', 'Uso de CFDI') + input('correo', 'Correo') + '<button data-go="factura">Generar factura</button>'), 200);
  },
  async factura() {
    const answer = await call('/api/factura', model);
    if (answer.ok) done(); else alert((await answer.json()).mensaje);
  },
  async consulta() {
    const { mensaje } = await (await call('/api/consulta', model)).json();
    if (mensaje === '${portalWords.ok}') done(); else alert(mensaje);
  },
};
setTimeout(() => draw(input('folio', 'Folio') + input('total', 'Total') + '<button data-go="ticket">Siguiente</button><button data-go="consulta">Recuperar factura</button>'), 250);
`;
