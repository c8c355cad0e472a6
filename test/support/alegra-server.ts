import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Ends } from './store.ts';

type Json = Record<string, unknown>;

export interface AlegraServerOptions {
  /** Calls allowed in a minute; counted down in X-Rate-Limit-* headers, 429 with Retry-After beyond. Default: any number. */
  limit?: number;
  /** Default: the time of this machine. */
  now?: () => Date;
  suppliers?: readonly { name: string; identification: string }[];
}

/** The account that it knows; any other is answered 401. */
export const alegraAccount = { email: 'ana@example.com', token: 'secret-token' };

/**
 * A stand-in for the Alegra API with the parts that Recibot calls. Of each request it checks: Basic authentication; JSON bodies; `limit`
 * of 1 to 30 and `start` on lists; a contact's name, and no second one of the same identification; a bill's date, dueDate, a provider
 * that exists, at least one line under purchases with an account or item that exists, a price that is a number, taxes that exist, and no
 * field that is computed; attachments as multipart with a file. It computes a bill's total as Alegra does. What fails is answered as
 * Alegra answers it (code, message) and kept in `problems`. It calls subscribed webhooks when something is changed by hand.
 */
export async function anAlegraServer(t: Ends, options: AlegraServerOptions = {}) {
  const problems: string[] = [];
  const calls: string[] = [];
  const contacts: Json[] = (options.suppliers ?? []).map((one, place) => ({
    ...one,
    id: String(place + 1),
    type: ['provider'],
  }));
  const items: Json[] = [];
  const bills: Json[] = [];
  const subscriptions: { event: string; url: string }[] = [];
  const attachments: { bill: string; name: string }[] = [];
  let [window, used] = [0, 0];
  let outage: 'none' | 'bad-gateway' | 'after-writing' = 'none';

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      problems.push(String(error));
      response.destroy();
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const { method = '', url = '', headers } = request;
    const { pathname, searchParams } = new URL(url, 'http://x');
    const path = pathname.replace('/api/v1', '');
    calls.push(`${method} ${path}`);
    const basic = `Basic ${Buffer.from(`${alegraAccount.email}:${alegraAccount.token}`).toString('base64')}`;
    if (headers.authorization !== basic) return send(response, 401, { code: 401, message: 'No autorizado' });
    if (isOverLimit(response)) return send(response, 429, { code: 429, message: 'Too many requests' });
    if (outage === 'bad-gateway') return send(response, 502, 'Bad Gateway');
    const [status, answered] = method === 'GET' ? read(path, searchParams) : write(path, body, headers);
    if (outage === 'after-writing') return void response.destroy();
    if (status >= 400) problems.push(`${method} ${path} ${JSON.stringify(answered)}`);
    send(response, status, answered);
  }

  function isOverLimit(response: ServerResponse): boolean {
    if (options.limit === undefined) return false;
    const now = (options.now?.() ?? new Date()).getTime();
    if (now - window >= 60_000) [window, used] = [now, 0];
    used += 1;
    response.setHeader('x-rate-limit-limit', options.limit);
    response.setHeader('x-rate-limit-remaining', Math.max(0, options.limit - used));
    response.setHeader('x-rate-limit-reset', Math.ceil((window + 60_000 - now) / 1_000));
    if (used > options.limit) response.setHeader('retry-after', Math.ceil((window + 60_000 - now) / 1_000));
    return used > options.limit;
  }

  function read(path: string, query: URLSearchParams): [number, unknown] {
    if (path === '/company') return [200, { name: 'Empresa de Prueba', currency: { code: 'MXN', symbol: '$' } }];
    if (path === '/categories') return [200, accounts];
    if (path === '/taxes') return [200, taxes];
    const lists: Readonly<Record<string, Json[]>> = { '/contacts': contacts, '/items': items, '/bills': bills };
    const list = lists[path];
    return list ? page(list, query) : [404, { code: 404, message: 'Not found' }];
  }

  function write(path: string, body: Buffer, headers: IncomingMessage['headers']): [number, unknown] {
    const attachment = /^\/bills\/(\d+)\/attachment$/.exec(path);
    if (attachment) return attached(attachment[1] ?? '', body, headers);
    if (!/^application\/json/.test(headers['content-type'] ?? '')) return [400, { code: 400, message: 'no JSON' }];
    const given: Json = JSON.parse(body.toString());
    if (path === '/contacts') return newContact(given);
    if (path === '/bills') return newBill(given);
    if (path === '/webhooks/subscriptions') return subscribed(given);
    return [404, { code: 404, message: 'Not found' }];
  }

  function newContact(given: Json): [number, unknown] {
    if (typeof given.name !== 'string' || given.name === '') return [400, { code: 2001, message: 'name' }];
    const isKnown = given.identification && contacts.some((one) => one.identification === given.identification);
    if (isKnown) return [400, { code: 2006, message: 'Ya existe un contacto con la identificación' }];
    const contact = { ...given, id: String(contacts.length + 1) };
    contacts.push(contact);
    return [201, contact];
  }

  function newBill(given: Json): [number, unknown] {
    const wrong = wrongInBill(given, { contacts, items });
    if (wrong) return [400, wrong];
    const bill = { ...given, id: String(bills.length + 1), total: totalOf(given), status: 'open' };
    bills.push(bill);
    return [201, bill];
  }

  function attached(id: string, body: Buffer, headers: IncomingMessage['headers']): [number, unknown] {
    const name = /filename="([^"]+)"/.exec(body.toString('latin1'))?.[1];
    const isForm = /^multipart\/form-data/.test(headers['content-type'] ?? '');
    if (!isForm || name === undefined) return [400, { code: 400, message: 'no file' }];
    if (!bills.some((one) => one.id === id)) return [404, { code: 404, message: 'no bill' }];
    attachments.push({ bill: id, name: Buffer.from(name, 'latin1').toString() });
    return [201, { id: '1', name }];
  }

  function subscribed({ event, url }: Json): [number, unknown] {
    if (typeof event !== 'string' || typeof url !== 'string') return [400, { code: 400, message: 'event, url' }];
    subscriptions.push({ event, url });
    return [201, { subscription: { id: String(subscriptions.length), event, url } }];
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // it listens on TCP
  return {
    url: `http://127.0.0.1:${port}/api/v1`,
    ...{ problems, calls, contacts, items, bills, attachments, subscriptions },
    fail: (how: typeof outage) => {
      outage = how;
    },
    /** Somebody works in Alegra's own pages. */
    tell: async (subject: string, message: Json) => {
      const told = subscriptions.filter(({ event }) => event === subject);
      const init = {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ subject, message }),
      };
      return Promise.all(told.map(({ url }) => fetch(url, init)));
    },
  };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function page(list: readonly Json[], query: URLSearchParams): [number, unknown] {
  const [start, limit] = [Number(query.get('start') ?? 0), Number(query.get('limit') ?? 30)];
  if (!(limit >= 1 && limit <= 30) || !(start >= 0)) return [400, { code: 905, message: 'limit' }];
  const found = list.filter((one) =>
    ['identification', 'name', 'date'].every((field) => {
      const wanted = query.get(field);
      // As loosely as the real one: it looks for a part.
      return (
        wanted === null ||
        String(one[field] ?? '')
          .toLowerCase()
          .includes(wanted.toLowerCase())
      );
    }),
  );
  const entries = found.slice(start, start + limit);
  return [200, query.get('metadata') === 'true' ? { metadata: { total: found.length }, data: entries } : entries];
}

const accounts = [
  { id: '1', type: 'income', name: 'Ingresos', children: [] },
  {
    ...{ id: '2', type: 'expense', name: 'Egresos' },
    children: [
      { id: '21', type: 'expense', name: 'Combustibles y lubricantes', children: [] },
      { id: '22', type: 'expense', name: 'Alimentos y restaurantes', children: [] },
      { id: '23', type: 'expense', name: 'Útiles y papelería', children: [] },
      { id: '29', type: 'expense', name: 'Otros gastos', children: [] },
    ],
  },
];
const taxes = [
  { id: '1', name: 'Sin impuesto', percentage: '0.00', type: 'IVA' },
  { id: '3', name: 'IVA', percentage: '16.00', type: 'IVA' },
  { id: '5', name: 'IVA', percentage: '19.00', type: 'IVA' },
];
const accountIds = new Set(['21', '22', '23', '29']);
const computed = ['id', 'status', 'total', 'totalPaid', 'balance', 'calculationScale', 'payments', 'idCostCenter'];

interface Line extends Json {
  id?: unknown;
  price?: unknown;
  quantity?: unknown;
  tax?: { id: string }[];
}

function linesOf({ purchases }: Json): Line[] {
  const { items = [], categories = [] } = (purchases ?? {}) as { items?: Line[]; categories?: Line[] }; // checked line by line
  return [...items, ...categories];
}

function wrongInBill(given: Json, { contacts, items }: { contacts: Json[]; items: Json[] }): Json | null {
  const provider = given.provider as { id?: unknown } | undefined; // compared with what there is
  const lines = linesOf(given);
  const isDay = (value: unknown) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value);
  if (!isDay(given.date) || !isDay(given.dueDate)) return { code: 11001, message: 'date, dueDate' };
  if (computed.some((name) => name in given)) return { code: 11002, message: 'computed fields' };
  if (!contacts.some(({ id }) => id === provider?.id)) return { code: 11004, message: 'Proveedor no encontrado' };
  if (lines.length === 0) return { code: 11040, message: 'Sin ítems ni categorías' };
  const isRight = ({ id, price, quantity, tax = [] }: Line) =>
    (accountIds.has(String(id)) || items.some((item) => item.id === id)) &&
    typeof price === 'number' &&
    typeof quantity === 'number' &&
    tax.every((one) => taxes.some((known) => known.id === one.id));
  return lines.every(isRight) ? null : { code: 11048, message: 'lines' };
}

function totalOf(given: Json): number {
  const sum = linesOf(given).reduce((all, { price, quantity, tax = [] }) => {
    const rate = Number(taxes.find(({ id }) => id === tax[0]?.id)?.percentage ?? 0);
    return all + Number(price) * Number(quantity) * (1 + rate / 100);
  }, 0);
  return Math.round(sum * 100) / 100;
}
