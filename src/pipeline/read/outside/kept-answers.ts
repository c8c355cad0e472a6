import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Quad, Word } from '../../../domain/reading.ts';
import type { OutsideRecogniser, OutsideRequest, RecognisedPage } from './recogniser.ts';

/** Answers kept in the database; all processes share it. */
export interface KeptAnswers {
  get(key: string): Promise<unknown>;
  save(key: string, answer: unknown): Promise<void>;
}

const Answer = z.array(
  z.object({
    number: z.int().positive(),
    lines: z.array(z.object({ text: z.string(), confidence: z.number(), quad: Quad, words: z.array(Word) })),
  }),
);

/** Answers at hand in this process; one of a dense page takes some 200 KB. */
const maxInProcess = 64;

export interface AnswerCache {
  /** What the recogniser answered before for this document, else what `ask` gives, which is kept. `onHit` is told of the former. */
  of(
    recogniser: OutsideRecogniser,
    request: OutsideRequest,
    ask: () => Promise<RecognisedPage[]>,
    onHit: () => void,
  ): Promise<RecognisedPage[]>;
}

/** Nobody pays twice for one document: answers are kept by its content, the engine, its version and the profile. */
export function createAnswerCache(kept: KeptAnswers): AnswerCache {
  const atHand = new Map<string, RecognisedPage[]>();

  function hold(key: string, answer: RecognisedPage[]): RecognisedPage[] {
    atHand.delete(key);
    atHand.set(key, answer);
    const [oldest] = atHand.keys();
    if (atHand.size > maxInProcess && oldest !== undefined) atHand.delete(oldest);
    return answer;
  }

  return {
    async of(recogniser, request, ask, onHit) {
      const key = keyOf(recogniser, request);
      const before = atHand.get(key) ?? Answer.safeParse(await kept.get(key)).data;
      if (before) {
        onHit();
        return hold(key, before);
      }
      const answer = await ask();
      await kept.save(key, answer);
      return hold(key, answer);
    },
  };
}

function keyOf({ name, version }: OutsideRecogniser, { bytes, profile, pages }: OutsideRequest): string {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return [sha256, name, version, profile, pages.map(({ number }) => number).join('+')].join(' ');
}
