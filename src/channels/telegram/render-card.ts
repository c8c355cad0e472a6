import type { Button } from '../../conversation/conversation.ts';
import { isFinal, type Stage } from '../../domain/stage.ts';
import type { Card, CardItem } from '../../store/chat-cards.ts';
import { documentButtons } from '../document-buttons.ts';
import { wholeCharacters } from '../in-parts.ts';
import { maxTextLength } from './say.ts';
import { telegramTexts } from './texts.ts';

export interface Rendered {
  text: string;
  buttons: Button[][];
}

/** What a card's message shows: how far its document is, then the answer; of several documents a count, then all answers. */
export function renderCard(card: Card, stages: ReadonlyMap<string, Stage>): Rendered {
  const [only] = card.items;
  if (only && card.items.length === 1) return renderOne(card, only, stages.get(only.ticketId) ?? 'UPLOADED');
  const words = telegramTexts[card.language];
  const answered = card.items.filter(({ answer }) => answer !== null);
  if (answered.length < card.items.length) {
    return { text: words.severalUnderWay(answered.length, card.items.length), buttons: [] };
  }
  return { text: cutTo([words.severalDone(answered.length), ...answers(card.items)]), buttons: [] };
}

function renderOne({ language }: Card, { ticketId, answer }: CardItem, stage: Stage): Rendered {
  const words = telegramTexts[language];
  if (answer) return { text: cutTo([answer.text]), buttons: documentButtons(ticketId, answer.stage, language, answer) };
  const shown = isFinal(stage) ? 'FIELD_EXTRACTION' : stage;
  return { text: words.stages[shown] ?? words.stages.UPLOADED ?? '', buttons: [] };
}

/** Each answer whole while they fit together, else its first lines. */
function answers(items: readonly CardItem[]): string[] {
  const whole = items.map(({ answer }, index) => `${index + 1}. ${answer?.text ?? ''}`);
  const room = Math.floor((maxTextLength - 200) / items.length) - 2;
  if (whole.every((text) => text.length <= room)) return whole;
  return whole.map((text) => (text.length <= room ? text : `${text.slice(0, wholeCharacters(text, room - 1))}…`));
}

function cutTo(paragraphs: readonly string[]): string {
  const text = paragraphs.join('\n\n').trim();
  return text.length <= maxTextLength ? text : `${text.slice(0, wholeCharacters(text, maxTextLength - 1))}…`;
}
