import type { ScheduledJob } from '../scheduler.ts';
import type { JobDeps } from './job-deps.ts';

/** Books what could not be booked before. */
export function accountingRetries({ accounting }: JobDeps): ScheduledJob {
  return {
    ...{ name: 'accounting-retries', schedule: '*/5 * * * *' },
    description: 'Registra las compras pendientes · Books pending purchases',
    run: async (signal) => ({ tried: await accounting.books.sweep(signal) }),
  };
}
