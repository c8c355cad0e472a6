import type { FoundLine } from '../engine.ts';

/**
 * Words that are no words without their ñ, or hardly ever on a receipt; what could be either (`pena`, `cana`, `montana`) is left as
 * read. An ending stands for the plural and the like.
 */
const stems =
  'españa español española diseño diseñador niño niña señor señora señorita compañia muñoz nuñez ordoñez ibañez zuñiga castañeda peñaloza ' +
  'avendaño cedeño peñafiel viña viñedo cabaña albañil baño bañera mañana pequeño pequeña pañal pañuelo muñeca ' +
  'piña otoño tamaño champiñon sueño año cumpleaños contraseña';
const endings = ['', 's', 'es'];
/** Read word without the ñ → where in it an ñ stands. */
const places: ReadonlyMap<string, readonly number[]> = new Map(
  stems.split(' ').flatMap((stem) => endings.map((ending) => [bare(stem + ending), placesIn(stem)] as const)),
);

/** The line with the ñ and Ñ that PP-OCR's alphabet lacks (it reads n and N) put back into words that need one. */
export function withSpanishLetters(line: FoundLine): FoundLine {
  const text = restored(line.text);
  if (text === line.text) return line;
  return { ...line, text, words: line.words.map((word) => ({ ...word, text: restored(word.text) })) };
}

function restored(text: string): string {
  return text.replace(/\p{L}{3,}/gu, (word) => {
    const found = places.get(bare(word));
    return found ? [...word].map((letter, at) => (found.includes(at) ? tilded(letter) : letter)).join('') : word;
  });
}

function tilded(letter: string): string {
  return letter === 'N' ? 'Ñ' : letter === 'n' ? 'ñ' : letter;
}

function placesIn(stem: string): number[] {
  return [...stem].flatMap((letter, at) => (letter === 'ñ' ? [at] : []));
}

function bare(word: string): string {
  return word.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
}
