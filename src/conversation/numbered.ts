import type { Language } from '../domain/language.ts';
import { fold } from './command.ts';
import type { Button, Reply } from './conversation.ts';
import { plainText } from './plain-text.ts';
import { conversationTexts } from './texts/texts.ts';

/** A reply for a chat without buttons. */
export interface Numbered {
  /** The buttons are numbered lines of its text. */
  reply: Omit<Reply, 'buttons'>;
  /** What 1, 2, 3… stand for from now on; null when the reply has no buttons, which leaves the menu before it as it was. */
  choices: Button[] | null;
}

const cancelData = 'cmd:cancel';

/** To cancel is never a number: where a value is typed, a number is one. */
export function asNumberedText({ text, buttons, ...rest }: Reply, language: Language): Numbered {
  if (!buttons) return { reply: { ...rest, text }, choices: null };
  const { numbered } = conversationTexts[language];
  const all = buttons.flat();
  const choices = all.filter(({ data }) => data !== cancelData);
  const lines = choices.map(({ label }, index) => `${index + 1}. ${label}`);
  const paragraphs = [
    text,
    ...(lines.length > 0 ? [[...lines, numbered.pick(choices.length)].join('\n')] : []),
    ...(choices.length < all.length ? [numbered.toCancel] : []),
  ];
  return { reply: { ...rest, text: paragraphs.filter(Boolean).join('\n\n') }, choices };
}

/** The button that a typed `2`, `2.`, `#2`, `2️⃣`, or the words of its label, stand for; null when the text is none of them. */
export function pickByNumber(choices: readonly Button[], text: string): Button | null {
  if (text.length > 100) return null;
  const [, digits] =
    /^#?(\d{1,2})[.)°]?$/.exec(plainText(text.normalize('NFKC')).replace(/[\uFE0F\u20E3\s]/gu, '')) ?? [];
  if (digits) return choices[Number(digits) - 1] ?? null;
  const words = bare(text);
  return (words && choices.find(({ label }) => bare(label) === words)) || null;
}

/** Letters and digits only: a label's picture is not typed. */
function bare(text: string): string {
  return fold(plainText(text))
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
