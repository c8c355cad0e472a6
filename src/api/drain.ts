import type { FastifyInstance, FastifyPluginAsync, FastifyReply } from 'fastify';
import type { Clock } from '../domain/clock.ts';

/** A client that is slower than this at the end of the service comes again with the same message id. */
export const drainLimitMs = 5_000;

/**
 * Lets requests in hand end before `close` cuts the connections, for `drainLimitMs` at most. Call it before the routes are
 * registered, so that it counts them all, and register what it returns after them: hooks before closing run in that order,
 * and open event streams must be told to end first.
 */
export function createDrain(app: FastifyInstance, clock: Pick<Clock, 'sleep'>): FastifyPluginAsync {
  const inHand = new Set<FastifyReply>();
  const empty = Promise.withResolvers<void>();
  let isClosing = false;

  function release(reply: FastifyReply): void {
    inHand.delete(reply);
    if (isClosing && inHand.size === 0) empty.resolve();
  }

  app.addHook('onRequest', async (_request, reply) => {
    inHand.add(reply);
    reply.raw.once('close', () => release(reply));
  });
  app.addHook('onResponse', async (_request, reply) => release(reply));

  return async function drain(last) {
    last.addHook('preClose', async () => {
      isClosing = true;
      if (inHand.size === 0) return;
      const waited = new AbortController();
      await Promise.race([empty.promise, clock.sleep(drainLimitMs, waited.signal).catch(() => undefined)]);
      waited.abort();
    });
  };
}
