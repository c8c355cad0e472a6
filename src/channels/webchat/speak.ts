import type { Conversation, Reply, Said } from '../../conversation/conversation.ts';
import type { Clock } from '../../domain/clock.ts';
import type { Language } from '../../domain/language.ts';
import type { ChatMessages, NewChatMessage } from '../../store/chat-messages.ts';
import { type Files, sha256Of } from '../../store/files.ts';
import { channelName, webAccount } from './chat-log.ts';

export interface SpeakDeps {
  /** The page's own: what is said in the chat stays with it. */
  companyId: string;
  conversation: Conversation;
  messages: ChatMessages;
  files: Pick<Files, 'put'>;
  clock: Clock;
}

/** What a person wrote or pressed in their chat. */
export interface Spoken {
  chat: string;
  message: string;
  language: Language;
  what: Said['what'];
  /** As the chat shows it; null leaves no trace in it: the page's own switches. */
  shown: string | null;
}

/** Brings a person's words to the conversation and keeps both sides in the chat; the same message again adds nothing. */
export function createSpeak({ companyId, conversation, messages, files, clock }: SpeakDeps) {
  return async function speak({ chat, message, language, what, shown }: Spoken): Promise<void> {
    const who = whoIn(chat, language, `${chat}:${message}`);
    const common = { companyId, chat, language, ticketId: null, result: null, refusal: null };
    if (shown !== null) {
      await messages.add({ ...common, id: `${chat}:${message}:said`, text: shown, saidIn: message, at: clock.now() });
    }
    const replies = await conversation.handle({ ...who, what });
    if (shown === null) return;
    const began = clock.now().getTime();
    for (const [index, reply] of replies.entries()) {
      // Their order is that of their instants.
      const at = new Date(began + index + 1);
      await messages.add({ ...common, id: `${chat}:${message}:${index}`, ...(await kept(reply, files)), at });
    }
  };
}

/** A chat's person: whoever holds its cookie. */
export function whoIn(chat: string, language: Language | null, id: string): Omit<Said, 'what'> {
  return { channel: channelName, account: webAccount, chat, sender: chat, senderName: '', language, id };
}

/** A reply as the chat keeps it: the file's bytes in the file store. */
export async function kept(
  { text, buttons = [], file }: Reply,
  files: Pick<Files, 'put'>,
): Promise<Pick<NewChatMessage, 'text' | 'buttons' | 'file'>> {
  if (!file) return { text, buttons };
  const { name, mime, bytes } = file;
  const sha256 = sha256Of(bytes);
  await files.put(bytes, { sha256, mime });
  return { text, buttons, file: { name, mime, sha256, sizeBytes: bytes.length } };
}
