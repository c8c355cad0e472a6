import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyPluginAsync } from 'fastify';
import { Failure } from '../../domain/failure.ts';

/** An update is a few KB; a long forwarded text with its entities some dozen. */
const maxBodyBytes = 1_048_576;
const secretHeader = 'x-telegram-bot-api-secret-token';

export interface WebhookDeps {
  url: string;
  secret: string;
  keep(updates: readonly unknown[]): Promise<void>;
}

/** The route that Telegram calls: answers 200 when the update is in the database; anything else makes Telegram bring it again. */
export function createWebhook({ url, secret, keep }: WebhookDeps): FastifyPluginAsync {
  return async function webhookRoutes(app) {
    app.post(new URL(url).pathname, { bodyLimit: maxBodyBytes }, async (request) => {
      if (!isSecret(request.headers[secretHeader], secret)) {
        throw new Failure('forbidden', 'ask', 'a webhook call without the right secret');
      }
      await keep([request.body]);
      return { ok: true };
    });
  };
}

function isSecret(given: unknown, secret: string): boolean {
  return typeof given === 'string' && timingSafeEqual(sha256(given), sha256(secret));
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
