import type { Reply } from '../../conversation/conversation.ts';
import { inParts } from '../in-parts.ts';
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
    const parts = isCaption ? [] : inParts(text, maxTextLength);
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
