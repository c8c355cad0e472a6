/** Letters that OCR gives for digits, and the digits they stand for. */
const digitOf: Readonly<Record<string, string>> = {
  O: '0',
  o: '0',
  Q: '0',
  D: '0',
  I: '1',
  l: '1',
  i: '1',
  '|': '1',
  '!': '1',
  Z: '2',
  z: '2',
  S: '5',
  s: '5',
  G: '6',
  B: '8',
};

/** The same characters as a class of a regular expression, digits included. */
export const digitLike = '[\\dOoQDIl|ZSGB]';

export interface Digits {
  readonly digits: string;
  /** Letters that had to be taken for digits. */
  readonly repairs: number;
}

/**
 * A token read as digits; null when it holds anything else, or more look-alikes than a third of it.
 * Only for places where the format proves that nothing but digits can stand there.
 */
export function digitsOf(token: string): Digits | null {
  let digits = '';
  let repairs = 0;
  for (const character of token) {
    const isDigit = character >= '0' && character <= '9';
    const digit = isDigit ? character : digitOf[character];
    if (digit === undefined) return null;
    digits += digit;
    if (!isDigit) repairs += 1;
  }
  return repairs * 3 > digits.length ? null : { digits, repairs };
}
