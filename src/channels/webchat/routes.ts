import { randomBytes } from 'node:crypto';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Conversation } from '../../conversation/conversation.ts';
import type { Clock } from '../../domain/clock.ts';
import { Failure } from '../../domain/failure.ts';
import type { Language } from '../../domain/language.ts';
import { invoiceFileOf, type Ticket, type TicketFile } from '../../domain/ticket.ts';
import { createAtMost } from '../../http/at-most.ts';
import { languageOf } from '../../http/language.ts';
import { parse } from '../../http/parse.ts';
import { createRateLimiter } from '../../http/rate-limit.ts';
import { sendFile } from '../../http/send-file.ts';
import { spoolUpload, takenInAtOnce } from '../../http/spooled-upload.ts';
import type { ChatMessages } from '../../store/chat-messages.ts';
import type { ChatHistory, DocumentReceipt, DocumentsReceipt } from './chat-entry.ts';
import { type ChatLog, chatOf } from './chat-log.ts';
import { eventStream } from './event-stream.ts';
import type { Listeners } from './listeners.ts';
import { MessageId } from './message-id.ts';
import type { Incoming } from './receive.ts';
import { type Spoken, whoIn } from './speak.ts';
import { createTalkRoutes } from './talk-routes.ts';

const cookieName = 'recibot_chat';
/** The longest that browsers keep a cookie (Chrome, 2022). */
const cookieMaxAgeSeconds = 400 * 24 * 60 * 60;
/** 192 random bits, base64url. */
const Cookie = z.string().regex(/^[\w-]{32}$/);

const Posted = z.object({ message: MessageId });
const TicketPath = z.object({ id: z.string().regex(/^[\w-]{1,64}$/) });
const FilePath = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/) });
const EventsQuery = z.object({ after: z.string().max(40).default('') });

/** A person may drop fifty pictures at once; a script may not drop them all day. */
const chatLimit = { burst: 120, perSecond: 1 };
const addressLimit = { burst: 300, perSecond: 5 };

export interface RoutesDeps {
  companyId: string;
  conversation: Pick<Conversation, 'admit' | 'known'>;
  messages: Pick<ChatMessages, 'get'>;
  chatLog: ChatLog;
  listeners: Listeners;
  receive(incoming: Incoming): Promise<DocumentReceipt[]>;
  speak(spoken: Spoken): Promise<void>;
  files: { get(sha256: string): Promise<Buffer> };
  /** The first page of a document as a JPEG. */
  previews: { of(file: TicketFile): Promise<Buffer> };
  clock: Clock;
  language: Language;
}

/** Everything here is bound to the chat of the caller's cookie, so that nobody sees another's documents. */
export function createRoutes(deps: RoutesDeps): FastifyPluginAsync {
  const { conversation, chatLog, listeners, receive, files, previews, clock, language } = deps;
  const limitChat = createRateLimiter(chatLimit, clock);
  const limitAddress = createRateLimiter(addressLimit, clock);
  const atMost = createAtMost(takenInAtOnce);

  async function ownTicket(request: FastifyRequest): Promise<Ticket> {
    const { id } = parse(TicketPath, request.params);
    const ticket = await chatLog.ticket(chatOf(cookieOf(request)), id);
    if (!ticket) throw new Failure('not-found', 'ask', 'no such ticket in this chat');
    return ticket;
  }

  async function history(request: FastifyRequest, reply: FastifyReply): Promise<ChatHistory> {
    const entries = await chatLog.entries(chatFor(request, reply), languageOf(request, language));
    return { entries, cursor: entries.at(-1)?.updatedAt ?? '' };
  }

  function limitedChat(request: FastifyRequest, reply: FastifyReply): string {
    limitAddress(request.ip);
    const chat = chatFor(request, reply);
    limitChat(chat);
    return chat;
  }

  async function documents(request: FastifyRequest, reply: FastifyReply): Promise<DocumentsReceipt> {
    const chat = limitedChat(request, reply);
    await using upload = await spoolUpload(request);
    const { message } = parse(Posted, upload.fields);
    if (upload.files.length === 0) throw new Failure('invalid-request', 'ask', 'no file in the form');
    const lang = languageOf(request, language);
    const access = await conversation.admit(whoIn(chat, lang, `${chat}:${message}`));
    if (access.kind === 'stranger') throw new Failure('forbidden', 'ask', 'the web chat lets nobody in');
    try {
      const incoming = { companyId: access.companyId, chat, message, language: lang, files: upload.files };
      const received = await atMost(() => receive(incoming));
      reply.status(202);
      return { ticketId: received.find((one) => one.ticketId !== null)?.ticketId ?? null, documents: received };
    } finally {
      listeners.wake(chat);
    }
  }

  async function events(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { after } = parse(EventsQuery, request.query);
    const resumed = request.headers['last-event-id'];
    const cursor = typeof resumed === 'string' ? resumed : after;
    const chat = chatOf(cookieOf(request));
    const open = listeners.open(chat);
    request.raw.once('close', open.close);
    reply.raw.once('close', open.close);
    const followDeps = { chatLog, clock, wakeUp: listeners.wakeUp };
    const stream = eventStream(followDeps, { chat, language: languageOf(request, language), cursor }, open.signal);
    return reply
      .header('content-type', 'text/event-stream; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('x-accel-buffering', 'no')
      .send(stream);
  }

  return async function webChatRoutes(app) {
    app.get('/api/webchat/messages', history);
    app.post('/api/webchat/documents', documents);
    app.get('/api/webchat/events', events);
    app.get('/api/webchat/tickets/:id/file', async (request, reply) => {
      const { file } = await ownTicket(request);
      return sendFile(reply, file, await files.get(file.sha256));
    });
    app.get('/api/webchat/tickets/:id/preview', async (request, reply) => {
      const { file } = await ownTicket(request);
      return sendFile(reply, { ...file, name: `${file.name}.jpg`, mime: 'image/jpeg' }, await previews.of(file));
    });
    app.get('/api/webchat/tickets/:id/invoice/:sha256', async (request, reply) => {
      const file = invoiceFileOf(await ownTicket(request), parse(FilePath, request.params).sha256);
      return sendFile(reply, file, await files.get(file.sha256));
    });
    const ownChat = (request: FastifyRequest) => chatOf(cookieOf(request));
    await app.register(createTalkRoutes({ ...deps, chatFor: limitedChat, ownChat, wake: listeners.wake }));
    app.addHook('preClose', async () => listeners.endAll());
  };
}

/** @throws {Failure} `not-found` without a chat: there is nothing to see. */
function cookieOf(request: FastifyRequest): string {
  const cookie = Cookie.safeParse(request.cookies[cookieName]);
  if (!cookie.success) throw new Failure('not-found', 'ask', 'no chat cookie');
  return cookie.data;
}

/** The caller's chat, a new one for a newcomer. The cookie is renewed, so that a chat in use never expires. */
function chatFor(request: FastifyRequest, reply: FastifyReply): string {
  const known = Cookie.safeParse(request.cookies[cookieName]);
  const cookie = known.success ? known.data : randomBytes(24).toString('base64url');
  reply.setCookie(cookieName, cookie, {
    path: '/api/webchat',
    httpOnly: true,
    sameSite: 'strict',
    secure: request.protocol === 'https',
    maxAge: cookieMaxAgeSeconds,
  });
  return chatOf(cookie);
}
