import type { Conversation, Reply, Said } from '../../conversation/conversation.ts';
import type { Clock } from '../../domain/clock.ts';
import type { Language } from '../../domain/language.ts';
import type { ChannelUpdates, Update as KeptUpdate } from '../../store/channel-updates.ts';
import type { ChatCards } from '../../store/chat-cards.ts';
import { isAddressed, isPrivate, type Me, withoutMention } from './addressed.ts';
import { attachmentOf } from './attachment.ts';
import type { BotApi } from './bot-api.ts';
import { hasFile } from './journal.ts';
import type { Incoming } from './receive.ts';
import type { Say } from './say.ts';
import { telegramTexts } from './texts.ts';
import { type CallbackQuery, type Message, otherKindNames, Update, type User } from './update.ts';
import { whoSaid } from './who.ts';

/** After this a button's question is forgotten by everybody. */
const buttonLifetimeMs = 30 * 24 * 60 * 60_000;

export interface HandleDeps {
  account: string;
  allowedGroups?: readonly string[] | undefined;
  me(): Promise<Me>;
  conversation: Conversation;
  updates: Pick<ChannelUpdates, 'ofAlbum' | 'noteReplies'>;
  cards: Pick<ChatCards, 'aboutMessage'>;
  api: Pick<BotApi, 'answerCallback' | 'sendTyping'>;
  say: Say;
  receive(incoming: Incoming): Promise<string>;
  /** False when the sender is too fast. */
  isWithin(update: KeptUpdate, language: Language): Promise<boolean>;
  language: Language;
  clock: Clock;
}

/** Works off one kept update and says how it went; may be called again with the same one, after whatever a death left undone. */
export function createHandleUpdate(deps: HandleDeps) {
  const { account, conversation, updates, api, say, receive, isWithin, clock } = deps;

  return async function handle(kept: KeptUpdate): Promise<string> {
    const parsed = Update.safeParse(kept.payload);
    if (!parsed.success) return 'not understood';
    const { message, callback_query: query } = parsed.data;
    if (query) return onButton(kept, query);
    return message?.from ? onMessage(kept, message, message.from) : 'not for us';
  };

  async function onMessage(kept: KeptUpdate, message: Message, from: User): Promise<string> {
    const album = kept.album === null ? [] : await siblings(kept);
    if (from.is_bot || !(await isForUs(message, album))) return 'not for us';
    const who = whoSaid(account, message.chat, from, `${message.chat.id}:${message.message_id}`);
    if (!(await isWithin(kept, who.language ?? deps.language))) return 'too many';
    if (hasFile(message)) return onDocument(kept, message, who, album);
    if (message.text !== undefined) {
      const what = await textOf(message, message.text);
      return answer(kept, await conversation.handle({ ...who, ...(await aboutOf(message, who)), what }));
    }
    if (!otherKindNames.some((kind) => message[kind] !== undefined)) return 'not for us';
    const access = await conversation.admit(who);
    const isStranger = access.kind === 'stranger';
    return answer(kept, isStranger ? access.replies : [{ text: telegramTexts[access.language].wrongKind }]);
  }

  async function onDocument(kept: KeptUpdate, message: Message, who: Omit<Said, 'what'>, album: Message[]) {
    const attachment = attachmentOf(message);
    if (!attachment) return 'not for us';
    const access = await conversation.admit(who);
    if (access.kind === 'stranger') return answer(kept, access.replies);
    api.sendTyping(who.chat).catch(() => undefined); // A nicety.
    const caption = [message, ...album].find((one) => one.caption !== undefined)?.caption ?? null;
    return receive({ who, access, message: String(message.message_id), album: kept.album, caption, attachment });
  }

  /** The press is acknowledged first, since the person's button turns until then; the work may take its time. */
  async function onButton(kept: KeptUpdate, { id, from, message, data }: CallbackQuery): Promise<string> {
    const language = message ? (whoSaid(account, message.chat, from, id).language ?? deps.language) : deps.language;
    const isOld = !message || clock.now().getTime() - message.date * 1_000 > buttonLifetimeMs;
    const { oldButton } = telegramTexts[language];
    await api.answerCallback(id, isOld ? oldButton : undefined).catch(() => undefined); // Too late: Telegram has given up.
    if (!message) return 'old button';
    if (!(await isWithin(kept, language))) return 'too many';
    if (isOld || data === undefined) return answer(kept, [{ text: oldButton }]);
    const who = whoSaid(account, message.chat, from, id);
    return answer(kept, await conversation.handle({ ...who, what: { kind: 'button', data } }));
  }

  /** Each reply is noted when it is sent, so that after a death only the rest is. */
  async function answer(kept: KeptUpdate, replies: readonly Reply[]): Promise<string> {
    for (const [index, reply] of replies.entries()) {
      if (index < kept.replies) continue;
      await say(kept.chat, reply);
      await updates.noteReplies(kept.id, index + 1);
    }
    return `${replies.length} replies`;
  }

  async function isForUs(message: Message, album: readonly Message[]): Promise<boolean> {
    if (isPrivate(message)) return true;
    if (hasFile(message) && deps.allowedGroups?.includes(String(message.chat.id))) return true;
    const me = await deps.me();
    return [message, ...album].some((one) => isAddressed(one, me));
  }

  async function textOf(message: Message, text: string): Promise<Said['what']> {
    return { kind: 'text', text: isPrivate(message) ? text : withoutMention(text, await deps.me()) };
  }

  /** The document whose message, or whose answer, is replied to. */
  async function aboutOf({ reply_to_message: to }: Message, who: Omit<Said, 'what'>) {
    if (to?.message_id === undefined) return {};
    const aboutTicketId = await deps.cards.aboutMessage(who, to.message_id);
    return aboutTicketId === null ? {} : { aboutTicketId };
  }

  async function siblings(kept: KeptUpdate): Promise<Message[]> {
    const found = await updates.ofAlbum(kept);
    return found.flatMap(({ payload }) => Update.safeParse(payload).data?.message ?? []);
  }
}
