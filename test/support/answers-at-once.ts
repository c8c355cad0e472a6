import type { NotifierDeps } from '../../src/notifier/notifier.ts';
import { realClock } from './real-clock.ts';
import { quiet } from './store.ts';

/** Answers that wait for nothing: no quiet hours, no bursts; one that cannot be given is lost. */
export const answersAtOnce: Omit<NotifierDeps, 'tickets'> = {
  hold: async () => 'now',
  noteAnswer: () => undefined,
  outgoing: { add: async () => undefined },
  clock: realClock,
  log: quiet,
};
