/** Text brought to the form in which printed words are compared, and where each of its characters comes from. */
export interface Folded {
  readonly text: string;
  /** Index in the original of each folded character. */
  readonly at: readonly number[];
}

/** What OCR confuses inside words (`Operaci6n`, `ldentificación`, `T0tal`): both sides of a comparison are folded alike. */
const likeLetter: Readonly<Record<string, string>> = {
  l: 'i',
  '1': 'i',
  '|': 'i',
  '!': 'i',
  '0': 'o',
  '6': 'o',
  '5': 's',
};

/** Lower case without accents, blanks and punctuation; digits that stand among letters become the letters they look like. */
export function fold(original: string): Folded {
  const at: number[] = [];
  let text = '';
  for (let index = 0; index < original.length; index += 1) {
    const plain = plainLetter(original.charAt(index));
    const folded = foldedCharacter(original, index, plain);
    if (folded === '') continue;
    text += folded;
    at.push(index);
  }
  return { text, at };
}

export function foldedText(original: string): string {
  return fold(original).text;
}

function foldedCharacter(original: string, index: number, plain: string): string {
  if (plain === 'l') return 'i';
  if (isPlainLetter(plain)) return plain;
  const like = likeLetter[plain];
  if (like !== undefined && standsAmongLetters(original, index)) return like;
  return plain >= '0' && plain <= '9' ? plain : '';
}

function standsAmongLetters(original: string, index: number): boolean {
  const before = original.charAt(index - 1);
  const after = original.charAt(index + 1);
  const isNumeric = (character: string) => character >= '0' && character <= '9';
  return (isLetter(before) || isLetter(after)) && !isNumeric(before) && !isNumeric(after);
}

function plainLetter(character: string): string {
  if (character < '\x80') return character.toLowerCase();
  return character.normalize('NFD').charAt(0).toLowerCase();
}

function isPlainLetter(character: string): boolean {
  return character >= 'a' && character <= 'z';
}

export function isLetter(character: string): boolean {
  return /^\p{L}/u.test(character);
}

/** From this many letters on, words are believed without blanks around them (`BANCOMERCANTIL`). */
const gluedLength = 8;

/** Where the folded `phrase` stands in the original, as whole words or long enough to be believed glued to others; null when nowhere. */
export function findPhrase(original: string, folded: Folded, phrase: string): { start: number; end: number } | null {
  let index = folded.text.indexOf(phrase);
  for (; index >= 0; index = folded.text.indexOf(phrase, index + 1)) {
    const start = folded.at[index] ?? 0;
    const end = (folded.at[index + phrase.length - 1] ?? start) + 1;
    const isWhole = !isLetter(original.charAt(start - 1)) && !isLetter(original.charAt(end));
    if (isWhole || phrase.length >= gluedLength) return { start, end };
  }
  return null;
}
