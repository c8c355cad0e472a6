import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { parseXml } from '../../src/pipeline/einvoice/xml/parse-xml.ts';
import { firstAt, textAt } from '../../src/pipeline/einvoice/xml/xml-element.ts';
import type { Ends } from './store.ts';

/** How the SAT behaves towards one invoice, or towards all. */
export type SatBehaviour =
  | 'vigente'
  | 'cancelado'
  | 'no-encontrado'
  | 'efos'
  | 'without-efos'
  | 'bad-gateway'
  | 'silent'
  | 'page'
  | 'endless'
  | 'fault';

/**
 * A stand-in for ConsultaCFDIService. Of each request it checks: POST; `text/xml; charset=utf-8`; the SOAPAction; a SOAP 1.1 envelope with
 * exactly Body/Consulta/expresionImpresa in their namespaces; and of the expression re, rr, tt (decimals as the SAT prints them), id (a UUID) and
 * fe (eight characters; none for the 17-character total of 3.2). What fails is answered `N - 601`, as the SAT does, and kept in `problems`.
 */
export async function aSatServer(t: Ends) {
  const problems: string[] = [];
  const asked: string[] = [];
  const behaviours = new Map<string, SatBehaviour>();
  let all: SatBehaviour = 'vigente';

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      problems.push(String(error));
      response.destroy();
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const { expression, wrong } = expressionIn(request, body);
    const uuid = new URLSearchParams(expression).get('id') ?? '';
    asked.push(uuid);
    problems.push(...wrong);
    const behaviour = behaviours.get(uuid) ?? all;
    if (behaviour === 'silent') return;
    if (behaviour === 'bad-gateway') return void response.writeHead(502).end('<html>Bad Gateway</html>');
    if (behaviour === 'page') return void response.end('<!DOCTYPE html><html>Mantenimiento</html>');
    if (behaviour === 'endless') return void response.end(`<a>${' '.repeat(5 * 1024 * 1024)}</a>`);
    if (behaviour === 'fault') return void response.writeHead(500).end(fault);
    const result = wrong.length > 0 ? refused : results[behaviour];
    response.writeHead(200, { 'content-type': 'text/xml; charset=utf-8' }).end(envelope(result));
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // it listens on TCP
  return {
    url: `http://127.0.0.1:${port}/ConsultaCFDIService.svc`,
    /** What was wrong with any request. */
    problems,
    /** The UUIDs asked for, in order. */
    asked,
    /** From now on, for one invoice or for all others. */
    behave: (behaviour: SatBehaviour, uuid?: string) => {
      if (uuid === undefined) all = behaviour;
      else behaviours.set(uuid, behaviour);
    },
  };
}

const action = 'http://tempuri.org/IConsultaCFDIService/Consulta';
const soap = 'http://schemas.xmlsoap.org/soap/envelope/';

function expressionIn(request: IncomingMessage, body: Buffer): { expression: string; wrong: string[] } {
  const root = parseXml(body);
  const consulta = firstAt(root, 'Body', 'Consulta');
  const expression = textAt(consulta, 'expresionImpresa') ?? '';
  const { method, headers } = request;
  const checks: [boolean, string][] = [
    [method === 'POST', `method ${method}`],
    [/^text\/xml; ?charset=utf-8$/i.test(headers['content-type'] ?? ''), `content type ${headers['content-type']}`],
    [String(headers['soapaction']).replaceAll('"', '') === action, `SOAPAction ${headers['soapaction']}`],
    [root.name === 'Envelope' && root.namespace === soap, `root ${root.qualifiedName} of ${root.namespace}`],
    [consulta?.namespace === 'http://tempuri.org/', `Consulta of ${consulta?.namespace}`],
    ...checksOf(expression),
  ];
  return { expression: unescaped(expression), wrong: checks.flatMap(([isRight, what]) => (isRight ? [] : [what])) };
}

/** The tax ids are escaped inside the expression as well; a bare `&` only stands between parts. */
function unescaped(expression: string): string {
  return expression.replaceAll('&amp;', '%26');
}

function checksOf(expression: string): [boolean, string][] {
  const parts = new URLSearchParams(unescaped(expression));
  const [re, rr, tt, id, fe] = ['re', 'rr', 'tt', 'id', 'fe'].map((name) => parts.get(name));
  const isOld = /^\d{10}\.\d{6}$/.test(tt ?? '');
  const rfc = /^[A-ZÑ&]{3,4}\d{6}[A-Z\d]{3}$/;
  return [
    [expression.startsWith('?') || expression.startsWith('https://verificacfdi'), `expression ${expression}`],
    [rfc.test(re ?? ''), `re ${re}`],
    [rfc.test(rr ?? ''), `rr ${rr}`],
    [isOld || /^\d{1,18}\.(\d|\d{1,5}[1-9])$/.test(tt ?? ''), `tt ${tt}`],
    [/^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/i.test(id ?? ''), `id ${id}`],
    [isOld ? fe === null : fe?.length === 8, `fe ${fe}`],
  ];
}

const found = (state: string, efos: string | null) =>
  `<a:CodigoEstatus>S - Comprobante obtenido satisfactoriamente.</a:CodigoEstatus><a:EsCancelable>Cancelable con aceptación</a:EsCancelable><a:Estado>${state}</a:Estado><a:EstatusCancelacion/>${efos === null ? '' : `<a:ValidacionEFOS>${efos}</a:ValidacionEFOS>`}`;
const refused =
  '<a:CodigoEstatus>N - 601: La expresión impresa proporcionada no es válida.</a:CodigoEstatus><a:Estado/>';
const results: Readonly<Record<'vigente' | 'cancelado' | 'no-encontrado' | 'efos' | 'without-efos', string>> = {
  vigente: found('Vigente', '200'),
  cancelado: found('Cancelado', '201'),
  efos: found('Vigente', '100'),
  'without-efos': found('Vigente', null),
  'no-encontrado':
    '<a:CodigoEstatus>N - 602: Comprobante no encontrado.</a:CodigoEstatus><a:EsCancelable/><a:Estado>No Encontrado</a:Estado><a:EstatusCancelacion/>',
};

function envelope(result: string): string {
  return `<s:Envelope xmlns:s="${soap}"><s:Body><ConsultaResponse xmlns="http://tempuri.org/"><ConsultaResult xmlns:a="http://schemas.datacontract.org/2004/07/Sat.Cfdi.Negocio.ConsultaCfdi.Servicio">${result}</ConsultaResult></ConsultaResponse></s:Body></s:Envelope>`;
}

const fault = `<s:Envelope xmlns:s="${soap}"><s:Body><s:Fault><faultcode>s:Server</faultcode><faultstring>The server was unable to process the request.</faultstring></s:Fault></s:Body></s:Envelope>`;
