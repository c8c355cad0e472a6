import type { Conversation } from '../../conversation/conversation.ts';
import type { Language } from '../../domain/language.ts';
import type { ChannelUpdates } from '../../store/channel-updates.ts';
import type { Quoted } from '../../store/chat-outbox.ts';
import type { Answer, Notice } from '../channel.ts';
import { documentButtons, mayInvoice, merchantsToChoose } from '../document-buttons.ts';
import { hear } from './content.ts';
import { KeptMessage, messageOf } from './kept-message.ts';
import type { Mark, Outgoing } from './outgoing.ts';
import type { Sender } from './sender.ts';
import { here } from './settings.ts';

/** So long the caller waits for the server's word; then it asks again later, and finds it done or not. */
const patienceMs = 20_000;

export interface AnswersDeps {
  outgoing: Outgoing;
  sender: Pick<Sender, 'settled'>;
  conversation: Pick<Conversation, 'numbered'>;
  updates: Pick<ChannelUpdates, 'get'>;
  files: { get(sha256: string): Promise<Buffer> };
  /** Of notices, which tell none. */
  language: Language;
}

export function createAnswers({ outgoing, sender, conversation, updates, files, language: usual }: AnswersDeps) {
  /** As a reply that quotes the document's message, which gets its last mark. */
  async function send(answer: Answer): Promise<void> {
    const { id, ticketId, source, language, text, result } = answer;
    const { chat } = source;
    const quoted = await quotedOf(source.message);
    const buttons = documentButtons(ticketId, result.stage, language, {
      merchants: merchantsToChoose(result),
      mayInvoice: mayInvoice(result),
    });
    const reply = await conversation.numbered({ ...here, chat }, { text, buttons }, language);
    const sent = await outgoing.say(chat, reply, { id: `answer:${id}`, quoted, ticketId });
    if (quoted) await outgoing.mark(chat, quoted, markOf(result.stage), ticketId);
    if (sent !== null) await sender.settled(sent, patienceMs);
    await attach(answer, quoted);
  }

  /** The invoice goes after its answer, each file once, however often the document is answered. */
  async function attach({ ticketId, source, attachments = [] }: Answer, quoted: Quoted | null): Promise<void> {
    for (const { sha256, name, mime } of attachments) {
      const file = { name, mime, bytes: await files.get(sha256) };
      const options = { id: `invoice:${ticketId}:${sha256}`, quoted, ticketId };
      const sent = await outgoing.say(source.chat, { text: '', file }, options);
      if (sent !== null) await sender.settled(sent, patienceMs);
    }
  }

  async function tell({ id, chat, reply }: Notice): Promise<void> {
    const numbered = await conversation.numbered({ ...here, chat }, reply, usual);
    const sent = await outgoing.say(chat, numbered, { id: `notice:${id}` });
    if (sent !== null) await sender.settled(sent, patienceMs);
  }

  /** Null for a message that is forgotten: then the answer stands by itself. */
  async function quotedOf(message: string): Promise<Quoted | null> {
    const update = await updates.get(here.channel, here.account, message);
    const kept = KeptMessage.safeParse(update?.payload);
    return kept.success ? toQuoted(kept.data) : null;
  }

  return { send, tell };
}

/** What an answer shows of the message that it answers. */
export function toQuoted(kept: KeptMessage): Quoted {
  const { content } = hear(messageOf(kept), '');
  const words =
    content.kind === 'text' ? content.text : content.kind === 'document' ? (content.caption ?? content.name) : '';
  return { jid: kept.jid, participant: kept.participant, id: kept.id, text: words.slice(0, 200) || '📄' };
}

/** Of a document that has come to its end. */
export function markOf(stage: string | null): Mark {
  if (stage === 'HUMAN_REVIEW') return '👀';
  return stage === 'FAILED' ? '❌' : '✅';
}
