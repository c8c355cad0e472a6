import { digitsOf } from './digits.ts';

export interface Phone {
  /** Eleven digits, `0412…`. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
  readonly repairs: number;
}

/** Mobile prefixes of Venezuela: Digitel 0412 0422, Movistar 0414 0424, Movilnet 0416 0426 (2025). */
const prefix = '4(?:12|22|14|24|16|26)';
const venezuelan = new RegExp(
  `(?<![\\d*]|\\d[-.])(?:((?:\\+|00)\\s?58|58(?=\\s?0?4))[\\s.-]{0,2})?\\(?(0?)\\s?(${prefix})\\)?\\s?[-./]?\\s?(\\d(?:[\\s.-]?\\d){6})(?![\\d*])`,
  'g',
);
const misread = /(?<![\w*])[0OoQD][4A][\dOoIl|ZS]{2}[-. ]?[\dOoQDIl|ZSGB]{7}(?![\w*])/g;

/** Venezuelan mobile numbers in a text. `isLabelled`: also without the leading 0, and with letters read for digits. */
export function phonesIn(text: string, isLabelled: boolean): Phone[] {
  const exact = [...text.matchAll(venezuelan)].flatMap((match) => {
    const [whole, country = '', zero = '', operator = '', rest = ''] = match;
    if (country === '' && zero === '' && !isLabelled) return [];
    const value = `0${operator}${rest.replace(/\D/g, '')}`;
    return [{ value, start: match.index, end: match.index + whole.length, repairs: 0 }];
  });
  return exact.length > 0 || !isLabelled ? exact : misreadPhones(text);
}

/** Eleven characters that are a phone once letters become the digits they look like: the format proves the repair. */
function misreadPhones(text: string): Phone[] {
  return [...text.matchAll(misread)].flatMap((match) => {
    const digits = digitsOf(match[0].replace(/[-. ]/g, '').replace(/^(.)A/, '$14'));
    if (!digits || !new RegExp(`^0${prefix}\\d{7}$`).test(digits.digits)) return [];
    return [{ value: digits.digits, start: match.index, end: match.index + match[0].length, repairs: digits.repairs }];
  });
}

/** Whether a text holds the beginning of a Venezuelan phone whose rest was lost: to be asked for, never invented. */
export function hasDamagedPhone(text: string): boolean {
  const starts = [...text.matchAll(new RegExp(`(?<![\\d*]|\\d[-.])0${prefix}(?=[\\s/-]|$)`, 'g'))];
  return starts.length > phonesIn(text, false).filter((phone) => phone.value.startsWith('0')).length;
}

/** A phone of another country after its label: 8 to 13 digits, groups parted by blanks, hyphens or brackets; never masked. */
export function foreignPhoneIn(text: string): Phone | null {
  const match = /(?<![\d*•])\+?\(?\d(?:[\s().-]{0,2}\d){7,12}(?![\d*•])/.exec(text);
  if (!match) return null;
  return { value: match[0].replace(/\D/g, ''), start: match.index, end: match.index + match[0].length, repairs: 0 };
}
