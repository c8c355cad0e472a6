import type { Button } from '../../conversation/conversation.ts';

/** Bot API: `callback_data` has 1 to 64 bytes, a keyboard 100 buttons and eight in a row. Labels are only cut on the screen: 40 is readable. */
const limits = { dataBytes: 64, buttons: 100, inRow: 8, labelCharacters: 40 };

/** `reply_markup` of the buttons that Telegram would accept; what it would refuse is left out, not the whole message. */
export function keyboardOf(buttons: Button[][] = []) {
  const rows = cut(buttons);
  if (rows.length === 0) return {};
  return { reply_markup: { inline_keyboard: rows } };
}

function cut(buttons: Button[][]) {
  let left = limits.buttons;
  return buttons.flatMap((row) => {
    const fitting = row.filter(isSendable).slice(0, Math.min(limits.inRow, left));
    left -= fitting.length;
    return fitting.length === 0
      ? []
      : [fitting.map(({ label, data }) => ({ text: shortened(label), callback_data: data }))];
  });
}

function isSendable({ label, data }: Button): boolean {
  const bytes = Buffer.byteLength(data);
  return label.trim() !== '' && bytes > 0 && bytes <= limits.dataBytes;
}

function shortened(label: string): string {
  const characters = [...label];
  return characters.length <= limits.labelCharacters
    ? label
    : `${characters.slice(0, limits.labelCharacters - 1).join('')}…`;
}
