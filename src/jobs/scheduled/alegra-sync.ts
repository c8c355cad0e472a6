import type { Alegra } from '../../accounting/alegra/alegra.ts';
import type { ScheduledJob } from '../scheduler.ts';
import type { JobDeps } from './job-deps.ts';

export function alegraContacts(deps: JobDeps): ScheduledJob {
  return {
    ...{ name: 'alegra-contacts', schedule: '0 1 * * *' },
    description: 'Lee los contactos de Alegra · Reads the contacts of Alegra',
    run: (signal) => ofEachCompany(deps, signal, (alegra) => alegra.syncContacts()),
  };
}

export function alegraItems(deps: JobDeps): ScheduledJob {
  return {
    ...{ name: 'alegra-items', schedule: '30 1 * * *' },
    description: 'Lee los ítems de Alegra · Reads the items of Alegra',
    run: (signal) => ofEachCompany(deps, signal, (alegra) => alegra.syncItems()),
  };
}

/** One company whose account does not answer never keeps the others from theirs. */
async function ofEachCompany(
  { accounting, log }: JobDeps,
  signal: AbortSignal,
  sync: (alegra: Alegra) => Promise<number>,
): Promise<{ companies: number; entries: number; failed: number }> {
  const total = { companies: 0, entries: 0, failed: 0 };
  for (const companyId of await accounting.connections.companies()) {
    if (signal.aborted) break;
    const alegra = await accounting.connections.alegraOf(companyId);
    if (!alegra) continue;
    total.companies += 1;
    try {
      total.entries += await sync(alegra);
    } catch (error) {
      total.failed += 1;
      log.warn({ companyId, err: error }, 'Alegra cannot be read; tomorrow again');
    }
  }
  return total;
}
