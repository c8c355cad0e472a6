import type { Said } from '../../conversation/conversation.ts';
import { Language } from '../../domain/language.ts';
import { isPrivate } from './addressed.ts';
import { channelName } from './settings.ts';
import type { Message, User } from './update.ts';

const maxNameLength = 100;

/** Who said something, as the conversation knows people; the message names what was said, for ever. */
export function whoSaid(account: string, chat: Message['chat'], from: User, id: string): Omit<Said, 'what'> {
  const name = [from.first_name, from.last_name, from.username && `(@${from.username})`].filter(Boolean).join(' ');
  return {
    ...{ channel: channelName, account, chat: String(chat.id), sender: String(from.id), id },
    senderName: name.replace(/\p{C}/gu, '').slice(0, maxNameLength),
    language: languageOf(from),
    isGroup: !isPrivate({ chat }),
  };
}

/** Of Telegram's own interface: `es`, `es-MX`, `en-US`, …; null for one that Recibot does not speak. */
function languageOf({ language_code: code = '' }: User): Language | null {
  const spoken = Language.safeParse(code.slice(0, 2).toLowerCase());
  return spoken.success ? spoken.data : null;
}
