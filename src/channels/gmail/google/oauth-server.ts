import { z } from 'zod';
import type { Clock } from '../../../domain/clock.ts';
import type { GmailSettings } from '../settings.ts';
import { createBoundedFetch } from './bounded-fetch.ts';
import { GoogleError, googleErrorOf } from './google-error.ts';

const timeLimitMs = 15_000;
const maxAnswerBytes = 256 * 1024;

/** Who somebody is (`email`), and reading, labelling and answering their mail; nothing is ever deleted. */
const scopes = ['openid', 'email', 'https://www.googleapis.com/auth/gmail.modify'];

interface Endpoints {
  authorize: string;
  /** More than one where the server did not say: the first that is there is the right one. */
  token: string[];
  revoke: string;
}

/** Google's own (https://accounts.google.com/.well-known/openid-configuration, 2026-06). */
const google: Endpoints = {
  authorize: 'https://accounts.google.com/o/oauth2/v2/auth',
  token: ['https://oauth2.googleapis.com/token'],
  revoke: 'https://oauth2.googleapis.com/revoke',
};

const Discovered = z.object({
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  revocation_endpoint: z.url().optional(),
});

export const Tokens = z.object({
  access_token: z.string().min(1),
  /** Given once, when the person agrees. */
  refresh_token: z.string().min(1).optional(),
  expires_in: z.number().positive().default(3600),
  id_token: z.string().optional(),
  scope: z.string().optional(),
});
export type Tokens = z.infer<typeof Tokens>;

export interface Authorization {
  state: string;
  redirectUrl: string;
  /** S256 of the verifier. */
  challenge: string;
}

/** Where people agree and tokens are given. Throws GoogleError, also for an answer that makes no sense (status 0, so it is tried again). */
export function createOAuthServer(settings: GmailSettings, clock: Clock) {
  const { clientId, clientSecret, oauthRootUrl } = settings;
  const boundedFetch = createBoundedFetch(maxAnswerBytes);
  let known: Promise<Endpoints> | undefined;

  function endpoints(): Promise<Endpoints> {
    if (oauthRootUrl === null) return Promise.resolve(google);
    known ??= discover(oauthRootUrl).catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  }

  /** Only the paths are believed: the operator says which server it is. */
  async function discover(root: string): Promise<Endpoints> {
    const { status, body } = await ask(`${root}/.well-known/openid-configuration`, {});
    const found = Discovered.safeParse(body);
    if (status >= 500) throw new GoogleError(status, '', `no discovery document: ${status}`);
    if (!found.success) {
      const paths = ['/token', '/oauth2/token'];
      return {
        authorize: `${root}/o/oauth2/v2/auth`,
        token: paths.map((path) => root + path),
        revoke: `${root}/revoke`,
      };
    }
    const at = (url: string) => root + new URL(url).pathname;
    const { authorization_endpoint: authorize, token_endpoint: token, revocation_endpoint: revoke } = found.data;
    return { authorize: at(authorize), token: [at(token)], revoke: at(revoke ?? '/revoke') };
  }

  async function ask(url: string, init: RequestInit): Promise<{ status: number; body: unknown }> {
    try {
      const response = await boundedFetch(url, { ...init, signal: AbortSignal.timeout(timeLimitMs) });
      const text = await response.text();
      return { status: response.status, body: parsed(text) };
    } catch (cause) {
      throw new GoogleError(0, '', `the OAuth server does not answer: ${String(cause)}`, null, cause);
    }
  }

  async function askForTokens(asked: Record<string, string>): Promise<Tokens> {
    const form = { ...asked, client_id: clientId, client_secret: clientSecret };
    const { token } = await endpoints();
    for (const [index, url] of token.entries()) {
      const { status, body } = await ask(url, { method: 'POST', body: new URLSearchParams(form) });
      if (status === 404 && index + 1 < token.length) continue;
      if (status !== 200) throw googleErrorOf(status, body, null, clock.now());
      const tokens = Tokens.safeParse(body);
      if (!tokens.success) throw new GoogleError(0, '', 'the OAuth server gave no token');
      return tokens.data;
    }
    throw new GoogleError(404, '', 'no token endpoint');
  }

  return {
    /** The page on which a person agrees. */
    authorizeUrl: async ({ state, redirectUrl, challenge }: Authorization): Promise<string> => {
      const asked = new URLSearchParams({
        ...{ client_id: clientId, redirect_uri: redirectUrl, response_type: 'code', scope: scopes.join(' '), state },
        ...{ code_challenge: challenge, code_challenge_method: 'S256' },
        // Without these Google gives a refresh token the first time only.
        ...{ access_type: 'offline', prompt: 'consent select_account' },
      });
      return `${(await endpoints()).authorize}?${asked}`;
    },
    exchange: (code: string, verifier: string, redirectUrl: string): Promise<Tokens> =>
      askForTokens({ grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: redirectUrl }),
    refresh: (refreshToken: string): Promise<Tokens> =>
      askForTokens({ grant_type: 'refresh_token', refresh_token: refreshToken }),
    /** Best effort: the token is forgotten here whatever comes of it. */
    revoke: async (refreshToken: string): Promise<void> => {
      const { revoke } = await endpoints();
      await ask(revoke, { method: 'POST', body: new URLSearchParams({ token: refreshToken }) });
    },
  };
}

export type OAuthServer = ReturnType<typeof createOAuthServer>;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
