import { z } from 'zod';
import type { Clock } from '../../../domain/clock.ts';
import type { Secrets } from '../../../secrets/secrets.ts';
import type { Mailbox, Mailboxes } from '../../../store/mailboxes.ts';
import type { createGmailApi, GmailApi } from './gmail-api.ts';
import { GoogleError, refusalOf } from './google-error.ts';
import type { OAuthServer, Tokens } from './oauth-server.ts';

/** A token that ends so soon is not begun with. */
const marginMs = 60_000;
const attempts = 3;
const firstPauseMs = 500;

/** What lies in the database, encrypted, for a mailbox. */
const KeptTokens = z.object({ refresh: z.string(), access: z.string(), expiresAt: z.number() });
type KeptTokens = z.infer<typeof KeptTokens>;

export interface SessionDeps {
  api: ReturnType<typeof createGmailApi>;
  oauth: Pick<OAuthServer, 'refresh'>;
  mailboxes: Pick<Mailboxes, 'keepTokens'>;
  secrets: Secrets;
  clock: Clock;
}

/** Encrypted for this mailbox only: in another one's place they cannot be opened. */
export function sealTokens(
  secrets: Secrets,
  address: string,
  tokens: Tokens & { refresh_token: string },
  now: Date,
): Buffer {
  const { refresh_token: refresh, access_token: access, expires_in: seconds } = tokens;
  const kept: KeptTokens = { refresh, access, expiresAt: now.getTime() + seconds * 1_000 };
  return secrets.seal(JSON.stringify(kept), contextOf(address));
}

export function openTokens(secrets: Secrets, { address, tokens }: Pick<Mailbox, 'address' | 'tokens'>): KeptTokens {
  return KeptTokens.parse(JSON.parse(secrets.open(tokens, contextOf(address)).toString()));
}

/**
 * Calls for one mailbox. What Google's client leaves out is done here: a token that is refused (401) is renewed though it should still
 * be good, once; what got no answer, or a 5xx, is asked again up to three times, POST too (whoever sends looks first whether it is there already).
 * Everything else passes as GoogleError.
 */
export function createSession(deps: SessionDeps, mailbox: Mailbox, stopping: AbortSignal) {
  const { api, oauth, mailboxes, secrets, clock } = deps;
  const { address } = mailbox;
  let tokens = openTokens(secrets, mailbox);

  async function renew(): Promise<void> {
    const given = await patiently(() => oauth.refresh(tokens.refresh));
    const renewed = { ...given, refresh_token: given.refresh_token ?? tokens.refresh };
    const sealed = sealTokens(secrets, address, renewed, clock.now());
    tokens = openTokens(secrets, { address, tokens: sealed });
    await mailboxes.keepTokens(address, sealed);
  }

  async function call<T>(ask: (api: GmailApi) => Promise<T>): Promise<T> {
    if (tokens.expiresAt - clock.now().getTime() < marginMs) await renew();
    const once = () => patiently(() => ask(api(tokens.access, stopping)));
    try {
      return await once();
    } catch (error) {
      if (refusalOf(error) !== 'expired') throw error;
      await renew();
      return once();
    }
  }

  async function patiently<T>(ask: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await ask();
      } catch (error) {
        stopping.throwIfAborted();
        const mayPass =
          error instanceof GoogleError && (error.status === 0 || error.status === 408 || error.status >= 500);
        if (!mayPass || attempt === attempts) throw error;
        await clock.sleep(firstPauseMs * 2 ** (attempt - 1), stopping);
      }
    }
  }

  return { call };
}

export type Session = ReturnType<typeof createSession>;

function contextOf(address: string): string {
  return `gmail-tokens:${address}`;
}
