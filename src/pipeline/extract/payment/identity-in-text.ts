import { rif } from '../../../domain/tax-id/rif.ts';
import { digitLike, digitsOf } from './digits.ts';
import type { Finding } from './finding.ts';
import { phonesIn } from './phones-in-text.ts';

const grouped = '\\d{1,3}(?:\\s?[.,]\\s?\\d{3}){1,2}';
const labelledId = new RegExp(
  `(?:(?<![\\dA-Za-z*])|(?<=[A-Z])(?=[VEJ]\\s?-\\s?\\d))(?:([VEJGPC])\\s{0,2}[-–.:]?\\s{0,2})?(${grouped}|${digitLike}{6,10})(?:\\s?-\\s?(\\d))?(?![\\d*])`,
  'gi',
);

interface Id {
  readonly letter: string;
  readonly digits: string;
  readonly check: string | null;
  readonly repairs: number;
  readonly start: number;
  readonly end: number;
}

function idsIn(text: string): Id[] {
  const phones = phonesIn(text, false);
  return [...text.matchAll(labelledId)].flatMap((match) => {
    const [whole, letter = '', number = '', check] = match;
    const digits = digitsOf(number.replace(/[\s.,]/g, ''));
    const start = match.index;
    const end = start + whole.length;
    const isPhone = phones.some((phone) => start < phone.end && phone.start < end);
    if (!digits || isPhone) return [];
    return [{ letter: letter.toUpperCase(), ...digits, check: check ?? null, start, end }];
  });
}

/**
 * The cédula in a text: V or E and 6 to 9 digits. `E` is kept (`E84123456`); `V` is left out, as the apps of most banks do,
 * so that one person reads the same on all proofs. Without a label the letter must be there, else any number would do.
 */
export function cedulaIn(text: string, isLabelled: boolean): Finding | null {
  for (const id of idsIn(text)) {
    if (!/^[VE]?$/.test(id.letter) || id.digits.length < 6 || id.digits.length > 9) continue;
    if (id.letter === '' && !isLabelled) continue;
    if (id.repairs > 0 && (id.digits.length < 7 || id.digits.length > 8)) continue;
    const value = id.letter === 'E' ? `E${id.digits}` : id.digits;
    return { value, start: id.start, end: id.end, certainty: cedulaCertainty(id, isLabelled) };
  }
  return null;
}

function cedulaCertainty(id: Id, isLabelled: boolean): number {
  if (id.repairs > 0) return 0.82;
  const isUsualLength = id.digits.length === 7 || id.digits.length === 8;
  if (!isLabelled) return isUsualLength ? 0.96 : 0.7;
  return isUsualLength ? 0.985 : 0.85;
}

/** A RIF with its letter; the check digit says how surely it was read. `V` and `E` only when the check digit is set apart. */
export function rifIn(text: string): Finding | null {
  for (const id of idsIn(text)) {
    const digits = id.digits + (id.check ?? '');
    const isPerson = id.letter === 'V' || id.letter === 'E';
    if (digits.length !== 9 || id.letter === '' || (isPerson && id.check === null)) continue;
    const value = id.letter + digits;
    const isValid = rif.isValid(value);
    if (isPerson && !isValid) continue;
    return { value, start: id.start, end: id.end, certainty: isValid ? 0.99 : 0.6 };
  }
  return null;
}
