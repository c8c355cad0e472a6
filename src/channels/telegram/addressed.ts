import type { Message } from './update.ts';

/** The bot itself, as getMe tells. */
export interface Me {
  id: number;
  username: string;
}

/** In a private chat everything is for the bot; in a group what mentions it or answers it. */
export function isPrivate({ chat }: Pick<Message, 'chat'>): boolean {
  return chat.type === 'private';
}

export function isAddressed(message: Message, me: Me): boolean {
  if (isPrivate(message) || message.reply_to_message?.from?.id === me.id) return true;
  return mentions(message.text, message.entities, me) || mentions(message.caption, message.caption_entities, me);
}

/** The text without the mention of the bot: `@MiBot ayuda` and `/ayuda@MiBot` become `ayuda` and `/ayuda`. */
export function withoutMention(text: string, { username }: Me): string {
  return text.replace(new RegExp(`@${username}\\b`, 'gi'), '').trim();
}

function mentions(text: string | undefined, entities: Message['entities'], { id, username }: Me): boolean {
  const name = `@${username}`.toLowerCase();
  return (entities ?? []).some(({ type, offset, length, user }) => {
    // Offsets count UTF-16 units, as JavaScript's strings do.
    const part = (text ?? '').slice(offset, offset + length).toLowerCase();
    if (type === 'bot_command') return part.endsWith(name);
    return type === 'mention' ? part === name : type === 'text_mention' && user?.id === id;
  });
}
