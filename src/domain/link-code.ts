import { randomInt } from 'node:crypto';

/** Without 0/O, 1/I/L and the like, so that a code can be read aloud. 30 signs: 8 of them make 6·10¹¹ codes. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 8;

/** How long a code can be used. */
export const linkCodeLifetimeMs = 15 * 60_000;

/** A new one-time code. It has a digit, which tells it from a word such as FACTURAS. */
export function makeLinkCode(): string {
  for (;;) {
    const code = Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
    if (/\d/.test(code)) return code;
  }
}

/** The code that a text is, however it was typed (`abcd-2345`, `ABCD 2345`); null when it cannot be one. */
export function linkCodeIn(text: string): string | null {
  const compact = text
    .slice(0, 40)
    .replace(/[\s\-–—]/g, '')
    .toUpperCase();
  const isCode =
    compact.length === length && /\d/.test(compact) && [...compact].every((sign) => alphabet.includes(sign));
  return isCode ? compact : null;
}

/** `ABCD2345` → `ABCD-2345`. */
export function showLinkCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}
