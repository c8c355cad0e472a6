export interface TextPart {
  /** Where it begins. */
  at: number;
  text: string;
  isCommand: boolean;
}

/** A text cut into its commands (`/gastos`) and what stands between them. A date or a path is no command. */
export function partsOf(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const { 0: command, index } of text.matchAll(/(?<![^\s(«“])\/[a-z-]{3,20}(?![\w/])/g)) {
    if (index > end) parts.push({ at: end, text: text.slice(end, index), isCommand: false });
    parts.push({ at: index, text: command, isCommand: true });
    end = index + command.length;
  }
  if (end < text.length) parts.push({ at: end, text: text.slice(end), isCommand: false });
  return parts;
}
