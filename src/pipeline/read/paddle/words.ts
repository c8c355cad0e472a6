import type { Quad, Word } from '../../../domain/reading.ts';
import { sliceQuad } from '../quad.ts';
import type { Character } from './ctc.ts';

/** A gap this many times the line's median between two characters is a blank that the recogniser left out. */
const blankGapRatio = 1.6;
/** In a shorter line the median says nothing. */
const minCharacters = 4;
/** Steps between characters when none can be measured. */
const usualGap = 3;

/** Splits a line at its blanks, printed or inferred from gaps; each word gets its share of the line's quad. `steps`: time steps the quad's width spans. */
export function splitWords(characters: readonly Character[], quad: Quad, steps: number): Word[] {
  const pitch = medianGap(characters);
  return groupCharacters(characters, pitch).map((group) => toWord(group, quad, pitch, steps));
}

function medianGap(characters: readonly Character[]): number {
  const gaps = characters.flatMap((character, index) => {
    const before = characters[index - 1];
    return !before || before.text === ' ' || character.text === ' ' ? [] : [character.position - before.position];
  });
  return gaps.sort((a, b) => a - b)[gaps.length >> 1] || usualGap;
}

function groupCharacters(characters: readonly Character[], pitch: number): [Character, ...Character[]][] {
  const groups: [Character, ...Character[]][] = [];
  let previous: Character | undefined;
  for (const character of characters) {
    const group = groups.at(-1);
    if (character.text !== ' ') {
      const begins = !group || !previous || previous.text === ' ';
      if (begins || (characters.length >= minCharacters && isBlankGap(previous, character, pitch)))
        groups.push([character]);
      else group.push(character);
    }
    previous = character;
  }
  return groups;
}

function isBlankGap(before: Character | undefined, after: Character, pitch: number): boolean {
  const gap = after.position - (before?.position ?? after.position);
  return gap > blankGapRatio * pitch && gap - pitch >= 1;
}

function toWord(group: readonly [Character, ...Character[]], quad: Quad, pitch: number, steps: number): Word {
  const last = group.at(-1) ?? group[0];
  const from = Math.max(0, (group[0].position - pitch / 2) / steps);
  const to = Math.min(1, (last.position + pitch / 2) / steps);
  const confidence = group.reduce((sum, character) => sum + character.confidence, 0) / group.length;
  return { text: group.map(({ text }) => text).join(''), confidence, quad: sliceQuad(quad, from, to) };
}
