import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Conversation, Said } from '../../conversation/conversation.ts';
import { Failure } from '../../domain/failure.ts';
import { Language } from '../../domain/language.ts';
import { languageOf } from '../../http/language.ts';
import { parse } from '../../http/parse.ts';
import { sendFile } from '../../http/send-file.ts';
import type { ChatMessages } from '../../store/chat-messages.ts';
import type { SaidReceipt } from './chat-entry.ts';
import { MessageId } from './message-id.ts';
import { type Spoken, whoIn } from './speak.ts';

/** As long as other chats' messages (Telegram: 4096). */
const maxTextLength = 4_096;

/** One of the three: words, a button with its label, or the page's own switch of the language. */
const SaidBody = z.union([
  z.strictObject({ message: MessageId, text: z.string().trim().min(1).max(maxTextLength) }),
  z.strictObject({ message: MessageId, button: z.object({ label: z.string().max(200), data: z.string().max(64) }) }),
  z.strictObject({ message: MessageId, language: Language }),
]);
type SaidBody = z.infer<typeof SaidBody>;

const FilePath = z.object({ id: z.string().max(200) });

export interface TalkRoutesDeps {
  conversation: Pick<Conversation, 'known'>;
  speak(spoken: Spoken): Promise<void>;
  messages: Pick<ChatMessages, 'get'>;
  companyId: string;
  files: { get(sha256: string): Promise<Buffer> };
  language: Language;
  /** The chat of the caller's cookie, and whether they are too fast. */
  chatFor(request: FastifyRequest, reply: FastifyReply): string;
  ownChat(request: FastifyRequest): string;
  wake(chat: string): void;
}

/** What people say and press in the web chat, and the files of the replies. */
export function createTalkRoutes(deps: TalkRoutesDeps): FastifyPluginAsync {
  const { conversation, speak, messages, companyId, files, language, chatFor, ownChat, wake } = deps;

  async function said(request: FastifyRequest, reply: FastifyReply): Promise<SaidReceipt> {
    const chat = chatFor(request, reply);
    const body = parse(SaidBody, request.body);
    const page = languageOf(request, language);
    try {
      await speak({ chat, message: body.message, language: page, ...spokenIn(body) });
    } finally {
      wake(chat);
    }
    reply.status(202);
    return { language: (await conversation.known(whoIn(chat, page, '')))?.language ?? page };
  }

  return async function talkRoutes(app) {
    app.post('/api/webchat/said', said);
    app.get('/api/webchat/replies/:id/file', async (request, reply) => {
      const { id } = parse(FilePath, request.params);
      const chat = ownChat(request);
      const found = await messages.get(companyId, chat, id);
      if (!found?.file) throw new Failure('not-found', 'ask', 'no such file in this chat');
      return sendFile(reply, found.file, await files.get(found.file.sha256));
    });
  };
}

function spokenIn(body: SaidBody): { what: Said['what']; shown: string | null } {
  if ('text' in body) return { what: { kind: 'text', text: body.text }, shown: body.text };
  if ('button' in body) return { what: { kind: 'button', data: body.button.data }, shown: body.button.label };
  return { what: { kind: 'button', data: `lang:${body.language}` }, shown: null };
}
