import type { Language } from '../domain/language.ts';
import type { Menus } from '../store/menus.ts';
import type { ChatPlace, Reply, Said } from './conversation.ts';
import { asNumberedText, pickByNumber } from './numbered.ts';

/** Numbered menus for chats without buttons; the last one of each chat is what its numbers mean. */
export function createNumbering(menus: Menus) {
  async function number(place: ChatPlace, reply: Reply, language: Language): Promise<Reply> {
    const { reply: numbered, choices } = asNumberedText(reply, language);
    if (choices) await menus.keep(place, choices);
    return numbered;
  }

  return {
    number,
    /** The replies as the chat can show them. */
    shown: async (said: Said, replies: Reply[], language: Language): Promise<Reply[]> => {
      if (said.canPress !== false) return replies;
      const numbered: Reply[] = [];
      for (const reply of replies) numbered.push(await number(said, reply, language));
      return numbered;
    },
    /** The data of the button that a text picks from the chat's last menu; null when it picks none. */
    picked: async (said: Said): Promise<string | null> => {
      if (said.canPress !== false || said.what.kind !== 'text') return null;
      return pickByNumber(await menus.last(said), said.what.text)?.data ?? null;
    },
  };
}
