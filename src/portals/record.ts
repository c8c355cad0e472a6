import type { Page } from 'playwright';
import { z } from 'zod';
import { type RecordedAct, recorderName, recorderScript } from './recorder-script.ts';

const Act = z.object({
  what: z.enum(['fill', 'choose', 'check', 'click']),
  at: z.array(z.string().max(200)).max(8),
  value: z.string().max(200),
});
const maxActs = 70;

/** Opens the address and notes what a person does there until `ended`, at most 70 acts; a field filled twice counts as it was last. */
export async function recordActs(page: Page, url: string, ended: Promise<void>): Promise<RecordedAct[]> {
  const acts: RecordedAct[] = [];
  await page.context().exposeBinding(recorderName, (_source, said: unknown) => {
    const act = Act.safeParse(said);
    if (!act.success || acts.length >= maxActs) return;
    const before = acts.findIndex(
      ({ what, at }) => what !== 'click' && at[0] === act.data.at[0] && what === act.data.what,
    );
    if (before >= 0 && act.data.what !== 'click') acts.splice(before, 1);
    acts.push(act.data);
  });
  await page.context().addInitScript(recorderScript);
  await page.goto(url, { waitUntil: 'domcontentloaded' });
  await ended;
  return acts;
}
