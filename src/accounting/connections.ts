import { randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../domain/clock.ts';
import type { ProviderMeter } from '../resilience/provider-metrics.ts';
import type { Credentials } from '../store/credentials.ts';
import type { Accounting } from './accounting.ts';
import { type Alegra, createAlegra } from './alegra/alegra.ts';
import { Company } from './alegra/answers.ts';
import { type AlegraAccount, type AlegraClient, createAlegraClient } from './alegra/client.ts';
import { subscribedEvents } from './alegra/webhook.ts';
import type { Cached } from './cached.ts';
import { createLedger } from './ledger.ts';

export interface ConnectionsDeps {
  settings: { alegraUrl: string; account: AlegraAccount | null; webhookUrl: string | null };
  credentials: Credentials;
  cached: Cached;
  meter: ProviderMeter;
  clock: Clock;
}

/** Which books each company has: its own account at Alegra, the one of the environment, or the local ledger. */
export interface Connections {
  of(companyId: string): Promise<Accounting>;
  alegraOf(companyId: string): Promise<Alegra | null>;
  /** Companies with an account of their own, and the default one when the environment names an account. */
  companies(): Promise<string[]>;
  /**
   * Keeps an account once Alegra has taken it, and asks to be told of changes; the name that Alegra has for the company.
   * @throws {Failure} `accounting-refused` (ask) or `provider-unavailable` (retry); nothing is kept then.
   */
  connect(companyId: string, account: AlegraAccount): Promise<string>;
  disconnect(companyId: string): Promise<void>;
  /** Whether a webhook call bears the company's secret. */
  isTrusted(companyId: string, secret: string): Promise<boolean>;
  /** Calls made to Alegra by this process, by method. */
  calls(): { get: number; post: number };
}

const Account = z.object({ email: z.string(), token: z.string() });
const [accountName, secretName] = ['alegra-account', 'alegra-webhook'];

export function createConnections(deps: ConnectionsDeps, defaultCompanyId: string): Connections {
  const { settings, credentials, cached } = deps;
  const ledger = createLedger();
  const open = new Map<string, { account: string; client: AlegraClient; alegra: Alegra }>();

  async function accountOf(companyId: string): Promise<AlegraAccount | null> {
    const own = await credentials.get(companyId, accountName);
    if (own !== null) return Account.parse(JSON.parse(own));
    return companyId === defaultCompanyId ? settings.account : null;
  }

  async function alegraOf(companyId: string): Promise<Alegra | null> {
    const account = await accountOf(companyId);
    if (!account) return null;
    const known = open.get(companyId);
    const key = JSON.stringify(account);
    if (known?.account === key) return known.alegra;
    const client = clientOf(account);
    const alegra = createAlegra({ companyId, client, cached });
    open.set(companyId, { account: key, client, alegra });
    return alegra;
  }

  function clientOf(account: AlegraAccount): AlegraClient {
    return createAlegraClient({ ...deps, url: settings.alegraUrl, account });
  }

  async function connect(companyId: string, account: AlegraAccount): Promise<string> {
    const client = clientOf(account);
    const { name } = Company.parse(await client.get('/company'));
    await credentials.set(companyId, accountName, JSON.stringify(account));
    // What was remembered of another account means nothing in this one.
    for (const kind of ['contacts', 'items', 'accounts'] as const) await cached.invalidatePattern(companyId, kind, '');
    if (settings.webhookUrl !== null) await subscribe(companyId, client, settings.webhookUrl);
    return name;
  }

  async function subscribe(companyId: string, client: AlegraClient, root: string): Promise<void> {
    const secret = (await credentials.get(companyId, secretName)) ?? randomBytes(24).toString('base64url');
    await credentials.set(companyId, secretName, secret);
    const url = `${root}/api/accounting/alegra/${encodeURIComponent(companyId)}/${secret}`;
    for (const event of subscribedEvents) await client.post('/webhooks/subscriptions', { event, url });
  }

  return {
    alegraOf,
    of: async (companyId) => (await alegraOf(companyId)) ?? ledger,
    companies: async () => {
      const own = await credentials.companiesWith(accountName);
      return settings.account ? [...new Set([defaultCompanyId, ...own])] : own;
    },
    connect,
    disconnect: async (companyId) => {
      open.delete(companyId);
      await credentials.remove(companyId, accountName);
    },
    isTrusted: async (companyId, secret) => {
      const known = await credentials.get(companyId, secretName);
      const [given, expected] = [Buffer.from(secret), Buffer.from(known ?? '')];
      return known !== null && given.length === expected.length && timingSafeEqual(given, expected);
    },
    calls: () => {
      const all = [...open.values()].map(({ client }) => client.calls);
      const sum = (method: 'get' | 'post') => all.reduce((total, one) => total + one[method], 0);
      return { get: sum('get'), post: sum('post') };
    },
  };
}
