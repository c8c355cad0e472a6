import { randomUUID, type X509Certificate } from 'node:crypto';
import { SignedXml } from 'xml-crypto';
import { escapeXml } from '../escape-xml.ts';

/** What a company signs its questions to the DIAN with: its certificate and that one's private key, both PEM. */
export interface Credential {
  certificate: X509Certificate;
  privateKeyPem: string;
}

const action = 'http://wcf.dian.colombia/IWcfDianCustomerServices/GetStatus';
const wss = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss';
const wsu = `${wss}-wssecurity-utility-1.0.xsd`;
const x509v3 = `${wss}-x509-token-profile-1.0#X509v3`;
const base64Binary = `${wss}-soap-message-security-1.0#Base64Binary`;
const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#';
/** How long the DIAN may take the message for fresh. */
const validForMs = 5 * 60_000;

export const soapContentType = `application/soap+xml;charset=UTF-8;action="${action}"`;

/** A SOAP 1.2 `GetStatus` of a CUFE whose `wsa:To` is signed as WS-Security 1.0 has it (RSA-SHA256, X.509 token in the message). */
export function signedGetStatus(trackId: string, url: string, { certificate, privateKeyPem }: Credential, now: Date) {
  const id = randomUUID().replaceAll('-', '').toUpperCase();
  const tokenId = `X509-${id}`;
  const signature = new SignedXml({
    idMode: 'wssecurity',
    privateKey: privateKeyPem,
    signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    canonicalizationAlgorithm: exclusive,
    inclusiveNamespacesPrefixList: ['wsa', 'soap', 'wcf'],
    keyInfoAttributes: { Id: `KI-${id}` },
    getKeyInfoContent: () =>
      `<wsse:SecurityTokenReference wsu:Id="STR-${id}"><wsse:Reference URI="#${tokenId}" ValueType="${x509v3}"/></wsse:SecurityTokenReference>`,
  });
  signature.addReference({
    xpath: "//*[local-name(.)='To']",
    transforms: [exclusive],
    digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256',
    inclusiveNamespacesPrefixList: ['soap', 'wcf'],
  });
  signature.computeSignature(unsigned({ trackId, url, id, tokenId, certificate, now }), {
    prefix: 'ds',
    attrs: { Id: `SIG-${id}` },
    location: { reference: "//*[local-name(.)='Security']", action: 'append' },
    existingPrefixes: { wsse: `${wss}-wssecurity-secext-1.0.xsd`, wsu },
  });
  return signature.getSignedXml();
}

interface Unsigned {
  trackId: string;
  url: string;
  id: string;
  tokenId: string;
  certificate: X509Certificate;
  now: Date;
}

function unsigned({ trackId, url, id, tokenId, certificate, now }: Unsigned): string {
  const [created, expires] = [now.toISOString(), new Date(now.getTime() + validForMs).toISOString()];
  const token = certificate.raw.toString('base64');
  return `<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope" xmlns:wcf="http://wcf.dian.colombia"><soap:Header xmlns:wsa="http://www.w3.org/2005/08/addressing"><wsse:Security xmlns:wsse="${wss}-wssecurity-secext-1.0.xsd" xmlns:wsu="${wsu}"><wsu:Timestamp wsu:Id="TS-${id}"><wsu:Created>${created}</wsu:Created><wsu:Expires>${expires}</wsu:Expires></wsu:Timestamp><wsse:BinarySecurityToken EncodingType="${base64Binary}" ValueType="${x509v3}" wsu:Id="${tokenId}">${token}</wsse:BinarySecurityToken></wsse:Security><wsa:Action>${action}</wsa:Action><wsa:To xmlns:wsu="${wsu}" wsu:Id="ID-${id}">${escapeXml(url)}</wsa:To></soap:Header><soap:Body><wcf:GetStatus><wcf:trackId>${escapeXml(trackId)}</wcf:trackId></wcf:GetStatus></soap:Body></soap:Envelope>`;
}
