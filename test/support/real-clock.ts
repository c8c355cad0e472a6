import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../../src/domain/clock.ts';

export const realClock: Clock = {
  now: () => new Date(),
  sleep: (ms, signal) => pause(ms, undefined, { signal }),
};
