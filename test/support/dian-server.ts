import { X509Certificate } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SignedXml } from 'xml-crypto';
import { parseXml } from '../../src/pipeline/einvoice/xml/parse-xml.ts';
import {
  attribute,
  descendants,
  firstAt,
  textAt,
  type XmlElement,
} from '../../src/pipeline/einvoice/xml/xml-element.ts';
import type { Ends } from './store.ts';

export type DianBehaviour = 'accepted' | 'with-notices' | 'rejected' | 'unknown' | 'bad-gateway' | 'silent' | 'riddle';

/**
 * A stand-in for WcfDianCustomerServices. Of each request it checks: POST; `application/soap+xml` naming the action; a SOAP 1.2 envelope;
 * WS-Addressing Action and To (this server's own address); a fresh Timestamp; an X.509 token in the message that is of `company`; a signature that
 * covers exactly `To`, refers to that token, uses RSA-SHA256 and exclusive canonicalization, and verifies with the token's key; and
 * GetStatus/trackId with 96 hex digits. What fails gets the fault that WCF gives, and is kept in `problems`.
 */
export async function aDianServer(t: Ends, company: X509Certificate, now: () => Date = () => new Date()) {
  const problems: string[] = [];
  const asked: string[] = [];
  let behaviour: DianBehaviour = 'accepted';
  let url = '';

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      problems.push(String(error));
      response.writeHead(500).end(fault('a:InternalServiceFault'));
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const root = parseXml(body);
    const trackId = textAt(root, 'Body', 'GetStatus', 'trackId') ?? '';
    const wrong = [...wrongInTransport(request, root, url), ...wrongInSecurity(body.toString(), root, company, now())];
    if (!/^[0-9a-f]{96}$/.test(trackId)) wrong.push(`trackId ${trackId}`);
    asked.push(trackId);
    problems.push(...wrong);
    if (wrong.length > 0) return void response.writeHead(500).end(fault('a:InvalidSecurity'));
    if (behaviour === 'silent') return;
    if (behaviour === 'bad-gateway') return void response.writeHead(504).end('<html>Gateway Timeout</html>');
    response
      .writeHead(200, { 'content-type': 'application/soap+xml; charset=utf-8' })
      .end(envelope(results[behaviour]));
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // it listens on TCP
  url = `http://127.0.0.1:${port}/WcfDianCustomerServices.svc`;
  return {
    url,
    problems,
    asked,
    behave: (next: DianBehaviour) => {
      behaviour = next;
    },
  };
}

const action = 'http://wcf.dian.colombia/IWcfDianCustomerServices/GetStatus';
const soap = 'http://www.w3.org/2003/05/soap-envelope';
const addressing = 'http://www.w3.org/2005/08/addressing';

function failing(checks: readonly [boolean, string][]): string[] {
  return checks.flatMap(([isRight, what]) => (isRight ? [] : [what]));
}

function wrongInTransport({ method, headers }: IncomingMessage, root: XmlElement, url: string): string[] {
  const type = headers['content-type'] ?? '';
  const header = firstAt(root, 'Header');
  const to = firstAt(header, 'To');
  return failing([
    [method === 'POST', `method ${method}`],
    [/^application\/soap\+xml\b/.test(type) && type.includes(`action="${action}"`), `content type ${type}`],
    [root.name === 'Envelope' && root.namespace === soap, `root of ${root.namespace}`],
    [textAt(header, 'Action') === action, 'wsa:Action'],
    [to?.namespace === addressing && textAt(header, 'To') === url, `wsa:To ${textAt(header, 'To')}`],
    [firstAt(root, 'Body', 'GetStatus')?.namespace === 'http://wcf.dian.colombia', 'namespace of GetStatus'],
  ]);
}

function wrongInSecurity(xml: string, root: XmlElement, company: X509Certificate, now: Date): string[] {
  const security = firstAt(root, 'Header', 'Security');
  const token = firstAt(security, 'BinarySecurityToken');
  const certificate = new X509Certificate(Buffer.from(textAt(security, 'BinarySecurityToken') ?? '', 'base64'));
  const [created, expires] = ['Created', 'Expires'].map((name) =>
    Date.parse(textAt(security, 'Timestamp', name) ?? ''),
  );
  const signature = firstAt(security, 'Signature');
  const references = signature ? descendants(signature, 'Reference') : [];
  const signed = references
    .filter(({ namespace }) => namespace?.endsWith('xmldsig#'))
    .map((one) => attribute(one, 'URI'));
  const tokenNamed = references.find(({ namespace }) => namespace?.includes('secext'));
  const toId = attribute(firstAt(root, 'Header', 'To'), 'wsu:Id');
  const method = signature && descendants(signature, 'SignatureMethod')[0];
  return failing([
    [(created ?? 0) <= now.getTime() + 300_000 && (expires ?? 0) > now.getTime(), 'Timestamp'],
    [certificate.fingerprint256 === company.fingerprint256, 'certificate'],
    [signed.length === 1 && toId !== null && signed[0] === `#${toId}`, `signed ${signed.join(' ')}, To is ${toId}`],
    [attribute(tokenNamed, 'URI') === `#${attribute(token, 'wsu:Id')}`, 'SecurityTokenReference'],
    [attribute(method, 'Algorithm') === 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', 'SignatureMethod'],
    [isSigned(xml, certificate), 'signature'],
  ]);
}

function isSigned(xml: string, certificate: X509Certificate): boolean {
  const signature = /<ds:Signature[\s>].*<\/ds:Signature>/s.exec(xml)?.[0];
  if (!signature) return false;
  const verifier = new SignedXml({
    idMode: 'wssecurity',
    publicCert: certificate.toString(),
    getCertFromKeyInfo: () => null,
  });
  verifier.loadSignature(signature);
  try {
    return verifier.checkSignature(xml);
  } catch {
    return false;
  }
}

const response = (isValid: boolean, code: string, description: string, errors: string[] = []) =>
  `<b:ErrorMessage xmlns:c="http://schemas.microsoft.com/2003/10/Serialization/Arrays">${errors.map((one) => `<c:string>${one}</c:string>`).join('')}</b:ErrorMessage><b:IsValid>${isValid}</b:IsValid><b:StatusCode>${code}</b:StatusCode><b:StatusDescription>${description}</b:StatusDescription><b:StatusMessage/><b:XmlBase64Bytes i:nil="true"/><b:XmlFileName/>`;

const results: Readonly<Record<Exclude<DianBehaviour, 'silent' | 'bad-gateway'>, string>> = {
  accepted: response(true, '00', 'Procesado Correctamente.'),
  'with-notices': response(true, '00', 'Procesado Correctamente.', ['Regla: FAJ43b, Notificación: nombre']),
  rejected: response(false, '99', 'Validación contiene errores en campos mandatorios.', [
    'Regla: FAD06, Rechazo: CUFE',
  ]),
  unknown: response(false, '66', 'TrackId no existe en los registros de la DIAN.'),
  riddle: response(false, '', ''),
};

function envelope(result: string): string {
  return `<s:Envelope xmlns:s="${soap}" xmlns:a="${addressing}"><s:Header/><s:Body><GetStatusResponse xmlns="http://wcf.dian.colombia"><GetStatusResult xmlns:b="http://schemas.datacontract.org/2004/07/DianResponse" xmlns:i="http://www.w3.org/2001/XMLSchema-instance">${result}</GetStatusResult></GetStatusResponse></s:Body></s:Envelope>`;
}

function fault(code: string): string {
  return `<s:Envelope xmlns:s="${soap}" xmlns:a="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"><s:Body><s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>${code}</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang="es">An error occurred when verifying security for the message.</s:Text></s:Reason></s:Fault></s:Body></s:Envelope>`;
}
