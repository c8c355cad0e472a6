import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import { Failure } from '../../../domain/failure.ts';
import type { Language } from '../../../domain/language.ts';
import { callbackPath, type GmailSettings } from '../settings.ts';
import { callbackPage, pagePolicy } from './callback-page.ts';
import type { Linked, Linking } from './linking.ts';

const Callback = z.object({
  state: z.string().min(1).max(200),
  code: z.string().min(1).max(2_000).nullable().default(null),
});
/** What Pub/Sub posts: https://developers.google.com/workspace/gmail/api/guides/push (2026-06). */
const Push = z.object({ message: z.object({ data: z.string().max(2_000) }) });
const Pushed = z.object({ emailAddress: z.string().max(320) });
const maxPushBytes = 16_384;

const statusOf: Readonly<Record<Linked['kind'], number>> = {
  ...{ done: 200, expired: 410, denied: 200, incomplete: 403, elsewhere: 409, failed: 502 },
};

/** Where Pub/Sub posts to; the last part is a secret that follows from the client's. */
export function pushPath({ clientSecret }: Pick<GmailSettings, 'clientSecret'>): string {
  return `/oauth/google/push/${createHmac('sha256', clientSecret).update('gmail-push').digest('hex').slice(0, 32)}`;
}

export interface RoutesDeps {
  settings: GmailSettings;
  linking: Pick<Linking, 'complete'>;
  ring(address: string): Promise<void>;
  language: Language;
}

/** The way back from Google, and Gmail's word that there is new mail (which is not believed: the mailbox is asked). */
export function createGmailRoutes({ settings, linking, ring, language }: RoutesDeps): FastifyPluginAsync {
  return async function gmailRoutes(app) {
    app.get(callbackPath, async (request, reply) => {
      const asked = Callback.safeParse(request.query);
      const linked: Linked = asked.success ? await linking.complete(asked.data) : { kind: 'expired', language: null };
      reply
        .header('content-security-policy', pagePolicy)
        .type('text/html; charset=utf-8')
        .status(statusOf[linked.kind]);
      return callbackPage(linked, language);
    });

    if (settings.topic === null) return;
    const path = pushPath(settings);
    app.post('/oauth/google/push/:secret', { bodyLimit: maxPushBytes }, async (request, reply) => {
      if (!isSame(request.url, path)) throw new Failure('forbidden', 'ask', 'a push without the right secret');
      const address = addressIn(request.body);
      if (address !== null) await ring(address);
      return reply.status(204).send();
    });
  };
}

/** Null for what makes no sense; it is acknowledged all the same, or it would come again for days. */
function addressIn(body: unknown): string | null {
  const push = Push.safeParse(body);
  if (!push.success) return null;
  try {
    const data: unknown = JSON.parse(Buffer.from(push.data.message.data, 'base64').toString());
    return Pushed.parse(data).emailAddress.trim().toLowerCase();
  } catch {
    return null;
  }
}

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [given, wanted].map((text) => createHash('sha256').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}
