import { readFileSync } from 'node:fs';
import { RulesFile } from '../../src/pipeline/extract/rules.ts';
import type { RulesDesk, RulesState } from '../../src/pipeline/live-understanding.ts';

/** The shipped rules, and what is put in their place, in memory. */
export function aRulesDesk(): RulesDesk {
  const shipped = RulesFile.parse(
    JSON.parse(readFileSync(new URL('../../config/extraction-rules.json', import.meta.url), 'utf8')),
  );
  let own: RulesFile | null = null;
  const state = (): RulesState => {
    const loadedAt = new Date('2026-01-15T12:00:00Z');
    return { rules: own ?? shipped, areOwn: own !== null, merchants: 1, loadedAt, problem: null };
  };
  return {
    state,
    replace: async (rules) => {
      own = rules;
      return state();
    },
    reset: async () => {
      own = null;
      return state();
    },
  };
}
