import type { Conversation, Reply, Said } from '../../conversation/conversation.ts';
import { Failure } from '../../domain/failure.ts';
import type { Language } from '../../domain/language.ts';
import { ticketIdOf } from '../../domain/ticket-id.ts';
import type { ChannelUpdates, Update } from '../../store/channel-updates.ts';
import type { ChatOutbox } from '../../store/chat-outbox.ts';
import { isAddressed, withoutMention } from './addressed.ts';
import { toQuoted } from './answers.ts';
import { type Heard, hear } from './content.ts';
import { keyFor } from './journal.ts';
import { KeptMessage, keyOf, messageOf } from './kept-message.ts';
import type { Line } from './line.ts';
import type { Names, ResolveNames } from './names.ts';
import type { Outgoing } from './outgoing.ts';
import type { Receive } from './receive.ts';
import { here } from './settings.ts';
import { whatsappTexts } from './texts.ts';
import { withinTime } from './within-time.ts';

const askTimeLimitMs = 15_000;
const receiptTimeLimitMs = 5_000;
const maxNameLength = 100;

export interface HandleDeps {
  allowedGroups: readonly string[];
  line: Line;
  names: Pick<ResolveNames, 'of'>;
  conversation: Conversation;
  outbox: Pick<ChatOutbox, 'ofMessage'>;
  updates: Pick<ChannelUpdates, 'known'>;
  outgoing: Outgoing;
  receive: Receive;
  /** False when the sender is too fast. */
  isWithin(update: Update, language: Language): Promise<boolean>;
  language: Language;
}

interface Message {
  update: Update;
  kept: KeptMessage;
  heard: Heard;
  names: Names;
  who: Omit<Said, 'what'>;
}

/** Works off one kept message and says how it went; may be called again with the same one, after whatever a death left undone. */
export function createHandleUpdate(deps: HandleDeps) {
  const { line, names, conversation, outgoing, receive, isWithin } = deps;

  return async function handle(update: Update): Promise<string> {
    const parsed = KeptMessage.safeParse(update.payload);
    if (!parsed.success) return 'not understood';
    const kept = parsed.data;
    if (kept.bytes === null) return askAgain(kept);
    const heard = hear(messageOf(kept), `foto-${kept.sentAt}`);
    if (heard.content.kind === 'none' || !isForUs(kept, heard)) return 'not for us';
    const outcome = await answer(update, kept, heard);
    await tellRead(kept);
    return outcome;
  };

  async function answer(update: Update, kept: KeptMessage, heard: Heard): Promise<string> {
    const resolved = await names.of(kept);
    if (!(await isWithin({ ...update, chat: resolved.chat }, deps.language))) return 'too many';
    const message = { update, kept, heard, names: resolved, who: whoSaid(update, kept, resolved) };
    const { content } = heard;
    if (content.kind === 'document') return onDocument(message, content);
    if (content.kind === 'other') return onOther(message);
    const what: Said['what'] =
      content.kind === 'text'
        ? { kind: 'text', text: textOf(resolved, content.text) }
        : { kind: 'button', data: content.kind === 'button' ? content.data : '' };
    const about = await aboutTicket(message);
    return say(message, await conversation.handle({ ...message.who, ...about, what }));
  }

  async function onDocument(
    message: Message,
    content: Extract<Heard['content'], { kind: 'document' }>,
  ): Promise<string> {
    const { update, kept, names: resolved, who } = message;
    const access = await conversation.admit(who);
    if (access.kind === 'stranger') return say(message, access.replies);
    return receive({ update, kept, names: resolved, access, content, quoted: toQuoted(kept) });
  }

  async function onOther(message: Message): Promise<string> {
    const access = await conversation.admit(message.who);
    const isStranger = access.kind === 'stranger';
    return say(message, isStranger ? access.replies : [{ text: whatsappTexts[access.language].wrongKind }]);
  }

  /** In a group a reply says to whom it is. */
  async function say({ update, kept, names: { chat, isGroup } }: Message, replies: readonly Reply[]): Promise<string> {
    const quoted = isGroup ? toQuoted(kept) : null;
    for (const [index, reply] of replies.entries())
      await outgoing.say(chat, reply, { id: `${update.id}:${index}`, quoted });
    return `${replies.length} replies`;
  }

  function isForUs({ jid, participant }: KeptMessage, heard: Heard): boolean {
    if (participant === null || deps.allowedGroups.includes(jid)) return true;
    return isAddressed(heard, line.me());
  }

  function textOf({ isGroup }: Names, text: string): string {
    return isGroup ? withoutMention(text, line.me()) : text;
  }

  /** The document that a reply is about: the quoted message brought it, or was our answer to it. */
  async function aboutTicket({
    kept,
    heard: { quoted },
    names: { chat, sender },
  }: Message): Promise<Pick<Said, 'aboutTicketId'>> {
    if (quoted === null) return {};
    const answered = await deps.outbox.ofMessage(here.channel, here.account, quoted.id);
    if (answered?.chat === chat && answered.ticketId) return { aboutTicketId: answered.ticketId };
    const message = keyFor(kept.jid, kept.participant, quoted.id);
    const isKept = (await deps.updates.known(here.channel, here.account, [message])).size > 0;
    const person = isKept ? await conversation.known({ ...here, sender }) : null;
    if (!person) return {};
    return { aboutTicketId: ticketIdOf(person.companyId, { ...here, chat, message, attachment: 0 }) };
  }

  /** The phone that is linked has the message, and can give it to us readable; it comes as a new event, and this one goes on waiting. */
  async function askAgain(kept: KeptMessage): Promise<never> {
    const socket = line.current();
    if (socket) {
      const data = { key: { ...keyOf(kept), ...altOf(kept) }, messageTimestamp: kept.sentAt, pushName: kept.name };
      await withinTime(socket.requestPlaceholderResend(keyOf(kept), data), askTimeLimitMs);
    }
    throw new Failure('channel-unavailable', 'retry', 'the message could not be decrypted yet');
  }

  /** Only what is stored and answered is read. */
  async function tellRead(kept: KeptMessage): Promise<void> {
    const socket = line.current();
    if (!socket) return;
    // A nicety: nobody waits for the blue ticks of a line that has just gone.
    await withinTime(socket.sendReceipts([keyOf(kept)], 'read'), receiptTimeLimitMs).catch(() => undefined);
  }
}

function whoSaid({ id }: Update, { name }: KeptMessage, { chat, sender, isGroup }: Names): Omit<Said, 'what'> {
  const senderName = name.replace(/\p{C}/gu, '').slice(0, maxNameLength);
  return { ...here, chat, sender, senderName, language: null, id, canPress: false, isGroup, isAddressed: true };
}

function altOf({ alt, participantAlt }: KeptMessage) {
  return { ...(alt ? { remoteJidAlt: alt } : {}), ...(participantAlt ? { participantAlt } : {}) };
}
