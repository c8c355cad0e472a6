import { Failure } from '../domain/failure.ts';
import { parseXml } from '../pipeline/einvoice/xml/parse-xml.ts';
import { descendants, textAt, type XmlElement } from '../pipeline/einvoice/xml/xml-element.ts';

/** An answer of SAT or DIAN is a few KB; the DIAN's may carry the invoice's own XML. */
const maxAnswerBytes = 4 * 1024 * 1024;

export interface SoapRequest {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/**
 * Posts an envelope and gives the answer's body element, whatever the HTTP status says, as faults come with 500.
 * @throws {Failure} `provider-unavailable` when no SOAP answer comes: no connection, 502, a page in place of XML, too much of it.
 */
export async function postSoap({ url, headers, body }: SoapRequest, signal: AbortSignal): Promise<XmlElement> {
  try {
    const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'error' });
    const bytes = await readAtMost(response, maxAnswerBytes);
    if (response.status === 429 || response.status === 502 || response.status === 503 || response.status === 504) {
      throw new Error(`HTTP ${response.status}`);
    }
    return bodyOf(bytes, response.status);
  } catch (cause) {
    signal.throwIfAborted();
    throw unavailable(cause instanceof Error ? cause.message : String(cause), cause);
  }
}

export function unavailable(message: string, cause?: unknown): Failure {
  return new Failure('provider-unavailable', 'retry', message, { cause });
}

function bodyOf(bytes: Uint8Array, status: number): XmlElement {
  const root = parseXml(bytes);
  const body = descendants(root, 'Body')[0];
  if (root.name !== 'Envelope' || !body) throw new Error(`HTTP ${status} without a SOAP envelope`);
  const fault = descendants(body, 'Fault')[0];
  if (fault) throw new Error(`SOAP fault: ${faultText(fault)}`);
  return body;
}

/** SOAP 1.1 says `faultstring`, SOAP 1.2 `Reason/Text`. */
function faultText(fault: XmlElement): string {
  const text = textAt(fault, 'faultstring') ?? textAt(fault, 'Reason', 'Text') ?? 'no reason given';
  const code =
    textAt(fault, 'faultcode') ?? textAt(fault, 'Code', 'Subcode', 'Value') ?? textAt(fault, 'Code', 'Value');
  return `${code ?? ''} ${text}`.trim().slice(0, 500);
}

async function readAtMost(response: Response, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new Error(`more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
