import { sign } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const ServiceAccount = z.object({ client_email: z.string(), private_key: z.string(), token_uri: z.url() });
const Token = z.object({ access_token: z.string(), expires_in: z.number().default(3_600) });
const scope = 'https://www.googleapis.com/auth/cloud-vision';
const lifeSeconds = 3_600;
/** A token that ends within this is renewed first. */
const spareMs = 60_000;

/** Access tokens of a service account (RFC 7523), asked for when the last one ends. */
export function createServiceAccountTokens(file: string): (signal: AbortSignal) => Promise<string> {
  let held: { token: string; until: number } | undefined;

  return async (signal) => {
    if (held && held.until > Date.now() + spareMs) return held.token;
    const account = ServiceAccount.parse(JSON.parse(await readFile(file, 'utf8')));
    const body = new URLSearchParams({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: assertion(account),
    });
    const response = await fetch(account.token_uri, { method: 'POST', body, signal, redirect: 'error' });
    if (!response.ok) throw new Error(`no token for ${account.client_email}: status ${response.status}`);
    const { access_token: token, expires_in: seconds } = Token.parse(await response.json());
    held = { token, until: Date.now() + seconds * 1_000 };
    return token;
  };
}

function assertion({ client_email, private_key, token_uri }: z.infer<typeof ServiceAccount>): string {
  const now = Math.floor(Date.now() / 1_000);
  const claims = { iss: client_email, scope, aud: token_uri, iat: now, exp: now + lifeSeconds };
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const unsigned = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${unsigned}.${sign('RSA-SHA256', Buffer.from(unsigned), private_key).toString('base64url')}`;
}
