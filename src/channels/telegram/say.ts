import type { Reply } from '../../conversation/conversation.ts';
import type { BotApi, Outgoing } from './bot-api.ts';
import type { Deliver } from './delivery.ts';

/** Bot API: 4096 characters of text, 1024 under a file (UTF-16 units after parsing; nothing is parsed here). */
export const maxTextLength = 4_096;
const maxCaptionLength = 1_024;

/** Brings replies to a chat in their order; long texts become several messages, buttons stand under the last. */
export function createSay({ api, deliver }: { api: Pick<BotApi, 'send' | 'sendFile'>; deliver: Deliver }) {
  return async function say(chat: string, { text, buttons = [], file }: Reply, replyTo?: number): Promise<void> {
    const quote = replyTo ? { replyTo } : {};
    const isCaption = file !== undefined && text.length <= maxCaptionLength;
    const parts = isCaption ? [] : inParts(text);
    for (const [index, part] of parts.entries()) {
      const isLast = index === parts.length - 1 && file === undefined;
      await sendText({ text: part, buttons: isLast ? buttons : [], ...quote });
    }
    if (file) await deliver(chat, () => api.sendFile(chat, file, { text: isCaption ? text : '', buttons, ...quote }));

    async function sendText(outgoing: Outgoing): Promise<void> {
      await deliver(chat, () => api.send(chat, outgoing));
    }
  };
}

export type Say = ReturnType<typeof createSay>;

/** Cuts at the end of a line where there is one; a text of blanks alone, which Telegram refuses, gives nothing. */
export function inParts(text: string): string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest.length > maxTextLength) {
    const lineEnd = rest.lastIndexOf('\n', maxTextLength);
    const end = lineEnd > maxTextLength / 2 ? lineEnd : wholeCharacters(rest, maxTextLength);
    parts.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  return rest === '' ? parts : [...parts, rest];
}

/** `length`, or one less where a character of two units would be cut in half. */
export function wholeCharacters(text: string, length: number): number {
  const last = text.charCodeAt(length - 1);
  return last >= 0xd800 && last <= 0xdbff ? length - 1 : length;
}
