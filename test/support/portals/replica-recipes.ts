import { Recipe } from '../../../src/portals/recipe.ts';
import type { PortalStyle } from './a-portal.ts';
import { portalWords } from './portal-books.ts';

const ticket = [
  { name: 'folio', label: { es: 'Folio', en: 'Folio' }, field: 'folio', form: '[A-Z0-9-]{3,20}' },
  { name: 'total', label: { es: 'Total', en: 'Total' }, field: 'total', form: '\\d+\\.\\d{2}' },
];
const outcomes = [
  { outcome: 'ya_facturado', text: portalWords.already },
  { outcome: 'no_facturado', text: portalWords.none },
  { outcome: 'ticket_vencido', text: 'periodo para facturar .* ha terminado' },
  { outcome: 'ticket_no_encontrado', text: 'ticket no existe' },
  { outcome: 'datos_invalidos', text: 'total no coincide|datos del receptor no son válidos' },
  { outcome: 'ok', text: 'se generó correctamente' },
];

const fill = (at: string | string[], value: string) => ({ do: 'fill', at, value });
const click = (at: string | string[]) => ({ do: 'click', at });
const files = [
  { do: 'download', at: ['#lnkXml', 'role=button[name="XML"]', 'role=link[name="XML"]'], kind: 'xml' },
  { do: 'download', at: ['#lnkPdf', 'role=link[name="PDF"]'], kind: 'pdf' },
];
const recipient = (name: string, email: string) => [
  fill('label=RFC', '{{recipient.taxId}}'),
  fill(`label=${name}`, '{{recipient.name}}'),
  fill(['label=Código postal', 'label=C.P.'], '{{recipient.postalCode}}'),
  { do: 'choose', at: ['label=Régimen fiscal', 'label=Régimen'], value: '{{recipient.regime}}' },
  { do: 'choose', at: ['label=Uso de CFDI', 'label=Uso'], value: '{{recipient.cfdiUse}}' },
  fill(`label=${email}`, '{{recipient.email}}'),
];
const typeTicket = [fill('label=Folio', '{{ticket.folio}}'), fill('label=Total', '{{ticket.total}}')];

const stepsOf: Record<PortalStyle, { steps: object[]; ask: object[] }> = {
  asp: {
    steps: [
      { do: 'open' },
      ...typeTicket,
      click('#btnBuscar'),
      ...recipient('Razón social', 'Correo electrónico'),
      { do: 'captcha', picture: '#imgCaptcha', at: 'label=Escribe el texto', optional: true },
      { do: 'submit', at: '#btnFacturar' },
      ...files,
    ],
    ask: [{ do: 'open', path: 'consulta' }, fill('label=Folio', '{{ticket.folio}}'), click('#btnConsultar'), ...files],
  },
  jsf: {
    steps: [
      { do: 'open' },
      ...typeTicket,
      click('role=button[name="Continuar"]'),
      ...recipient('Nombre', 'Correo'),
      { do: 'submit', at: 'role=button[name="Continuar"]' },
      ...files,
    ],
    ask: [{ do: 'open' }, ...typeTicket, click('role=button[name="Consultar"]'), ...files],
  },
  spa: {
    steps: [
      { do: 'open' },
      ...typeTicket,
      click('role=button[name="Siguiente"]'),
      ...recipient('Razón social', 'Correo'),
      { do: 'submit', at: 'role=button[name="Generar factura"]' },
      ...files,
    ],
    ask: [{ do: 'open' }, ...typeTicket, click('role=button[name="Recuperar factura"]'), ...files],
  },
};

/** The recipe of a replica, as one writes it for a portal of that style. */
export function replicaRecipe(style: PortalStyle, url: string): Recipe {
  return Recipe.parse({
    id: `replica-${style}`,
    name: 'Tienda de muestra',
    merchants: ['oxxo'],
    printedHosts: ['factura.muestra.example'],
    url,
    verifiedLive: 'no',
    source: 'our own replica',
    deadline: { until: 'end-of-month' },
    ticket,
    outcomes,
    delivery: 'download',
    stepTimeoutMs: 10_000,
    ...stepsOf[style],
  });
}
