/** Cuts at the end of a line where there is one; a text of blanks alone, which messengers refuse, gives nothing. Lengths are in UTF-16 units. */
export function inParts(text: string, maxLength: number): string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest.length > maxLength) {
    const lineEnd = rest.lastIndexOf('\n', maxLength);
    const end = lineEnd > maxLength / 2 ? lineEnd : wholeCharacters(rest, maxLength);
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
