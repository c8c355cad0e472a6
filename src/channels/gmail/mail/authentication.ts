import { domainToASCII } from 'node:url';

/** The server that puts Gmail's verdict on what comes in (https://support.google.com/mail/answer/180707, 2026-06). */
const receivingServer = 'mx.google.com';

export interface Authentication {
  /** True when the receiving server vouches that the mail comes from the domain of its From address. */
  isVerified: boolean;
  /** The methods and what came of them, such as `dkim=pass dmarc=fail`; empty where nothing is known. */
  summary: string;
}

const unknown: Authentication = { isVerified: false, summary: '' };
/** Longer than any real one. */
const maxLength = 8_000;

/**
 * What the receiving server found out about the sender (RFC 8601). `values` are the Authentication-Results headers, topmost first: each
 * server puts its own above what it was given, so only the topmost can be Gmail's, and only if it says so; a sender may write any below it.
 * `from` is the domain of the From address, null where there is not exactly one.
 */
export function authenticate(values: readonly string[], from: string | null): Authentication {
  const [server, ...results] = parts(values[0] ?? '');
  if (server === undefined || server.split(/\s/)[0]?.toLowerCase() !== receivingServer) return unknown;
  const methods = results.flatMap((result) => methodOf(result) ?? []);
  const summary = methods
    .map(({ name, verdict }) => `${name}=${verdict}`)
    .join(' ')
    .slice(0, 200);
  const isContested = methods.some(({ name, verdict }) => name === 'dmarc' && verdict === 'fail');
  const domain = ascii(from ?? '');
  return { summary, isVerified: domain !== '' && !isContested && methods.some((method) => vouchesFor(method, domain)) };
}

interface Method {
  name: string;
  verdict: string;
  /** `header.d` → `bank.example`. */
  properties: ReadonlyMap<string, string>;
}

/**
 * DMARC passes only for the very From domain; a signature (DKIM) or a server (SPF) counts when its domain is the From domain or one above it:
 * whoever has `bank.example` has `mail.bank.example`, but not the other way round.
 */
function vouchesFor({ name, verdict, properties }: Method, domain: string): boolean {
  if (verdict !== 'pass') return false;
  if (name === 'dmarc') return domainOf(properties.get('header.from')) === domain;
  const signer = name === 'dkim' ? (properties.get('header.d') ?? properties.get('header.i')) : undefined;
  const sender = name === 'spf' ? properties.get('smtp.mailfrom') : undefined;
  return isAtOrAbove(domainOf(signer ?? sender), domain);
}

function isAtOrAbove(domain: string, below: string): boolean {
  // A top-level domain signs for nobody.
  return domain.includes('.') && (domain === below || below.endsWith(`.${domain}`));
}

function methodOf(result: string): Method | null {
  const [head = '', ...rest] = result.split(/\s+/);
  const [, name, verdict] = /^([a-z0-9-]+)(?:\/\d+)?=([a-z]+)$/i.exec(head) ?? [];
  if (name === undefined || verdict === undefined) return null;
  const properties = rest.flatMap((word): [string, string][] => {
    const at = word.indexOf('=');
    return at < 0 ? [] : [[word.slice(0, at).toLowerCase(), word.slice(at + 1)]];
  });
  return { name: name.toLowerCase(), verdict: verdict.toLowerCase(), properties: new Map(properties) };
}

/** The parts between semicolons, without comments (which nest) and quotes: a `;` or `=` inside those says nothing. */
function parts(value: string): string[] {
  let [text, depth, isQuoted] = ['', 0, false];
  const found: string[] = [];
  for (const letter of value.slice(0, maxLength).replace(/\\./g, '')) {
    if (letter === '"' && depth === 0) isQuoted = !isQuoted;
    else if (isQuoted) text += /[;\s]/.test(letter) ? '_' : letter;
    else if (letter === '(') depth += 1;
    else if (letter === ')') depth = Math.max(0, depth - 1);
    else if (depth > 0) continue;
    else if (letter === ';') text = next(text, found);
    else text += letter;
  }
  next(text, found);
  return found;
}

function next(text: string, found: string[]): '' {
  found.push(text.trim());
  return '';
}

/** Of an address, `@domain` or domain. */
function domainOf(text = ''): string {
  return ascii(text.slice(text.lastIndexOf('@') + 1).replace(/[<>]/g, ''));
}

function ascii(domain: string): string {
  return domainToASCII(domain.trim().toLowerCase()).replace(/\.$/, '');
}
