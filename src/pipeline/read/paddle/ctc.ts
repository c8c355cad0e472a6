import type { Alphabet } from './models.ts';
import type { Tensor } from './sessions.ts';

/** A recognised character; `position` is the middle of the time steps that voted for it, in steps from the left. */
export type Character = { readonly text: string; readonly confidence: number; readonly position: number };

/**
 * Greedy CTC decoding of a recogniser's output [1, steps, classes]: the likeliest allowed class a step, repeats merged,
 * blanks dropped. The confidence is the probability at the character's first step.
 */
export function decodeCtc({ data, dims }: Tensor, alphabet: Alphabet): Character[] {
  const [, steps = 0, classes = 0] = dims;
  const characters: { text: string; confidence: number; first: number; last: number }[] = [];
  let previous = 0;
  for (let step = 0; step < steps; step++) {
    const best = likeliest(data, step * classes, alphabet.allowed);
    const current = characters.at(-1);
    if (best !== 0 && best === previous && current) current.last = step;
    else if (best !== 0) {
      const confidence = data[step * classes + best] ?? 0;
      characters.push({ text: alphabet.characters[best] ?? '', confidence, first: step, last: step });
    }
    previous = best;
  }
  return characters.map(({ text, confidence, first, last }) => ({
    text,
    confidence,
    position: (first + last + 1) / 2,
  }));
}

function likeliest(data: Float32Array, offset: number, allowed: Int32Array): number {
  let best = 0;
  let highest = data[offset] ?? 0;
  for (let index = 1; index < allowed.length; index++) {
    const candidate = allowed[index] ?? 0;
    const value = data[offset + candidate] ?? 0;
    if (value > highest) {
      highest = value;
      best = candidate;
    }
  }
  return best;
}
