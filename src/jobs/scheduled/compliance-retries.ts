import type { ScheduledJob } from '../scheduler.ts';
import type { JobDeps } from './job-deps.ts';

/** Asks the tax authorities about everything that is due. */
export function complianceRetries({ compliance }: JobDeps): ScheduledJob {
  return {
    ...{ name: 'compliance-retries', schedule: '*/5 * * * *' },
    description: 'Pregunta otra vez al SAT y a la DIAN · Asks SAT and DIAN again',
    run: (signal) => compliance.sweep(signal),
  };
}
