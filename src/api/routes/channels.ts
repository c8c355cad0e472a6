import type { FastifyPluginAsync, FastifyReply } from 'fastify';
import qrcode from 'qrcode';
import { z } from 'zod';
import type { Clock } from '../../domain/clock.ts';
import { Failure } from '../../domain/failure.ts';
import { parse } from '../../http/parse.ts';
import type { ChannelOrder, ChannelOrders } from '../../store/channel-orders.ts';
import { type ChannelStates, type PublishedState, staleAfterMs } from '../../store/channel-states.ts';
import { describeRoute } from '../describe-route.ts';

/** A channel as operators see it. */
export const ChannelView = z.object({
  name: z.string(),
  status: z.enum(['stopped', 'starting', 'linking', 'receiving', 'retrying', 'logged-out']),
  since: z.iso.datetime(),
  lastError: z.string().nullable(),
  /** While `status` is `linking`: what the QR code says, or the code to type on the phone. */
  link: z.object({ qr: z.string().exactOptional(), pairingCode: z.string().exactOptional() }).nullable(),
  /** What an operator asked for last. */
  wanted: z.enum(['running', 'stopped']),
  canUnlink: z.boolean(),
  /** When its process last said so, and whether that is too long ago for it to be true still. */
  seenAt: z.iso.datetime(),
  isStale: z.boolean(),
  /** Answers and notices that still have to be told in it. */
  waiting: z.int(),
});
export type ChannelView = z.infer<typeof ChannelView>;

const ChannelPath = z.object({ name: z.string().regex(/^[\w-]{1,40}$/) });
const ChannelList = z.object({ channels: z.array(ChannelView) });

const admin = { method: 'post', params: ChannelPath, response: ChannelView, isAdmin: true } as const;

export const channelRoutes = {
  list: describeRoute({
    method: 'get',
    path: '/api/channels',
    summary: 'How each channel is, since when, its last error and what links it (with the admin key)',
    response: ChannelList,
    isAdmin: true,
  }),
  qr: describeRoute({
    method: 'get',
    path: '/api/channels/:name/qr.svg',
    summary: 'The QR code that links the channel, as a picture; qr.png too (with the admin key)',
    params: ChannelPath,
    isAdmin: true,
  }),
  stop: describeRoute({ ...admin, path: '/api/channels/:name/stop', summary: 'Stops the channel, over restarts too' }),
  start: describeRoute({ ...admin, path: '/api/channels/:name/start', summary: 'Starts a stopped channel' }),
  unlink: describeRoute({
    ...admin,
    path: '/api/channels/:name/unlink',
    summary: 'Forgets the account the channel is linked to; documents stay',
  }),
};

export interface ChannelRoutesDeps {
  states: Pick<ChannelStates, 'list'>;
  orders: ChannelOrders;
  outgoing: { waiting(channel: string): Promise<number> };
  clock: Clock;
}

/** For operators: states come from, and orders go to, whichever process has the channel. */
export function createChannelRoutes(deps: ChannelRoutesDeps): FastifyPluginAsync {
  const { orders } = deps;

  async function find(params: unknown): Promise<ChannelView> {
    const { name } = parse(ChannelPath, params);
    const view = (await listChannels(deps)).find((one) => one.name === name);
    if (!view) throw new Failure('not-found', 'ask', `no channel ${name}`);
    return view;
  }

  async function qrOf(params: unknown): Promise<string> {
    const { name, link } = await find(params);
    if (link?.qr === undefined) throw new Failure('not-found', 'ask', `${name} has no QR code to show now`);
    return link.qr;
  }

  return async function channelsRoutes(app) {
    app.get(channelRoutes.list.path, async () => ({ channels: await listChannels(deps) }));
    app.get(channelRoutes.qr.path, async (request, reply) => {
      return picture(reply, 'image/svg+xml', await qrcode.toString(await qrOf(request.params), { type: 'svg' }));
    });
    app.get('/api/channels/:name/qr.png', async (request, reply) => {
      return picture(reply, 'image/png', await qrcode.toBuffer(await qrOf(request.params), { scale: 8 }));
    });
    app.post(channelRoutes.stop.path, async (request, reply) => {
      const { name } = await find(request.params);
      await orders.stop(name);
      return reply.status(202).send(await find(request.params));
    });
    app.post(channelRoutes.start.path, async (request, reply) => {
      const { name } = await find(request.params);
      await orders.start(name);
      return reply.status(202).send(await find(request.params));
    });
    app.post(channelRoutes.unlink.path, async (request, reply) => {
      const { name, canUnlink } = await find(request.params);
      if (!canUnlink) throw new Failure('invalid-request', 'ask', `${name} is linked to nothing`);
      await orders.askToUnlink(name);
      return reply.status(202).send(await find(request.params));
    });
  };
}

export async function listChannels({ states, orders, outgoing, clock }: ChannelRoutesDeps): Promise<ChannelView[]> {
  const [found, wanted] = await Promise.all([states.list(), orders.list()]);
  const now = clock.now();
  return Promise.all(
    found.map(async (state) => toView(state, wanted.get(state.name), await outgoing.waiting(state.name), now)),
  );
}

function toView(state: PublishedState, order: ChannelOrder | undefined, waiting: number, now: Date): ChannelView {
  const { name, status, since, lastError, link, canUnlink, seenAt } = state;
  return {
    ...{ name, status, lastError, canUnlink, waiting },
    // A code of a process that is gone links nothing any more.
    link: now.getTime() - seenAt.getTime() > staleAfterMs ? null : link,
    since: since.toISOString(),
    wanted: order?.isStopped ? 'stopped' : 'running',
    seenAt: seenAt.toISOString(),
    isStale: now.getTime() - seenAt.getTime() > staleAfterMs,
  };
}

function picture(reply: FastifyReply, mime: string, body: string | Buffer): FastifyReply {
  return reply.header('content-type', mime).send(body);
}
