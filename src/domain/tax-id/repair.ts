import type { TaxIdRule } from './tax-id.ts';

const asDigit: Readonly<Record<string, string>> = {
  O: '0',
  Q: '0',
  D: '0',
  U: '0',
  I: '1',
  L: '1',
  '|': '1',
  '!': '1',
  Z: '2',
  S: '5',
  G: '6',
  B: '8',
};
const asLetter: Readonly<Record<string, string>> = { '0': 'O', '1': 'I', '2': 'Z', '5': 'S', '6': 'G', '8': 'B' };

export interface RepairedTaxId {
  /** Compact: upper case, no separators. */
  readonly compact: string;
  /** Characters that had to be changed. */
  readonly repairs: number;
  readonly isValid: boolean;
}

/**
 * Reads `raw` (compact, upper case) as an id of the rule: characters that cannot stand where they are become the ones that
 * OCR takes for them (0/O 1/I 5/S 8/B 2/Z 6/G); where both could stand, the check digit decides. Null: not of any shape.
 */
export function repairTaxId(rule: TaxIdRule, raw: string): RepairedTaxId | null {
  const readings = rule.shapes.flatMap((shape): RepairedTaxId[] => {
    const fitted = shape.length === raw.length ? fit(raw, shape) : null;
    if (!fitted) return [];
    const found = variants(fitted, shape).find((variant) => rule.isValid(variant));
    const compact = found ?? fitted;
    const repairs = [...compact].filter((sign, place) => sign !== raw[place]).length;
    return [{ compact, repairs, isValid: found !== undefined }];
  });
  return readings.find((reading) => reading.isValid) ?? readings[0] ?? null;
}

function fit(raw: string, shape: string): string | null {
  let fitted = '';
  for (const [place, sign] of [...raw].entries()) {
    const character = fitCharacter(sign, shape[place] ?? 'X');
    if (character === null) return null;
    fitted += character;
  }
  return fitted;
}

function fitCharacter(sign: string, slot: string): string | null {
  const isDigit = /\d/.test(sign);
  if (slot === '9') return isDigit ? sign : (asDigit[sign] ?? null);
  if (slot === 'A') return isDigit ? (asLetter[sign] ?? null) : sign;
  return sign;
}

/** The text itself, then with its free characters (X, C) read the other way, at most 27 of them. */
function variants(fitted: string, shape: string): string[] {
  let found = [''];
  for (const [place, sign] of [...fitted].entries()) {
    const other = asDigit[sign] ?? asLetter[sign];
    const isFree = shape[place] === 'X' || shape[place] === 'C';
    found = found.flatMap((start) => (isFree && other ? [start + sign, start + other] : [start + sign]));
  }
  return found;
}
