import { createHash, timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Failure } from '../domain/failure.ts';

type Hook = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

/** For every answer; the page's own content policy is set with it (see page.ts). */
export async function securityHeaders(_request: FastifyRequest, reply: FastifyReply): Promise<void> {
  reply.headers({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(self), microphone=(), geolocation=()',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'cache-control': 'no-store',
  });
}

/**
 * Against DNS rebinding: a hostile page can make its own name resolve to this machine, but neither an address nor a
 * name that the operator has allowed. Health checks come under whatever name.
 */
export function requireKnownHost(allowedHosts: readonly string[]): Hook {
  const allowed = new Set(['localhost', ...allowedHosts.map((host) => host.toLowerCase())]);

  return async (request) => {
    const name = hostName(request.headers.host ?? '');
    const isKnown = isIP(name) !== 0 || allowed.has(name) || name.endsWith('.localhost');
    if (!isKnown && request.url !== '/health') {
      throw new Failure('unknown-host', 'ask', `unknown host ${name}: see ALLOWED_HOSTS`);
    }
  };
}

/** `Name:80` → `name`, `[::1]:80` → `::1`. */
function hostName(host: string): string {
  const inBrackets = /^\[([^\]]*)\](:\d+)?$/.exec(host);
  return (inBrackets?.[1] ?? host.replace(/:\d+$/, '')).toLowerCase();
}

const harmless: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Against cross-site posts: what changes something must come from our own page, or from no page at all (curl, a server). */
export async function requireSameOrigin(request: FastifyRequest): Promise<void> {
  if (harmless.has(request.method)) return;
  const { origin, host } = request.headers;
  const fetchSite = request.headers['sec-fetch-site'];
  const isForeign = fetchSite === 'cross-site' || fetchSite === 'same-site';
  if (isForeign || (origin !== undefined && hostOf(origin) !== host)) {
    throw new Failure('forbidden', 'ask', 'request from another site');
  }
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

/** Compares hashes, which are of one length, in constant time. Without a key the API is open (to loopback: see config). */
export function requireApiKey(apiKey: string | undefined): Hook {
  return async (request) => {
    if (apiKey === undefined) return;
    const given = request.headers['x-api-key'];
    if (typeof given !== 'string' || !timingSafeEqual(sha256(given), sha256(apiKey))) {
      throw new Failure('forbidden', 'ask', 'missing or wrong x-api-key');
    }
  };
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
