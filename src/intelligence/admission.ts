import type { FastifyReply, FastifyRequest } from 'fastify';
import { Failure } from '../domain/failure.ts';

/**
 * Lets in as many requests as can be worked on or wait a moment for it; the others are told to come again before a byte of
 * their document is taken in, so that memory and waiting time stay bounded whatever comes.
 */
export function createAdmission(most: number) {
  const inside = new WeakSet<FastifyRequest>();
  let count = 0;

  async function enter(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (count >= most) {
      // The rest of the request is not read: the connection ends with the answer.
      reply.header('connection', 'close');
      throw new Failure('reader-unavailable', 'retry', `all ${most} places are taken`);
    }
    count += 1;
    inside.add(request);
    // Also when the client goes away.
    reply.raw.once('close', () => leave(request));
  }

  function leave(request: FastifyRequest): void {
    if (inside.delete(request)) count -= 1;
  }

  return { enter, inUse: () => count, most };
}
