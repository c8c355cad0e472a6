import type { FiscalProfile } from '../domain/fiscal-profile.ts';
import { Recipe } from './recipe.ts';
import type { RecordedAct } from './recorder-script.ts';

/** Words by which most portals say how it ended; whoever completes the draft replaces them by the portal's own. */
const usualOutcomes = [
  { outcome: 'ya_facturado', text: 'ya fue facturad|previamente facturad' },
  { outcome: 'ticket_vencido', text: 'fuera de plazo|periodo .{0,30}(termin|vencid)' },
  { outcome: 'ticket_no_encontrado', text: 'no existe|no se encontr' },
  { outcome: 'datos_invalidos', text: 'no coincide|no es válido|incorrect' },
  { outcome: 'ok', text: 'factura .{0,30}(generad|enviad|exitos)' },
];

/**
 * A recipe as far as a recording gives one. What was typed becomes `{{recipient.…}}` where the company's profile says it, else a
 * value that the ticket has to give; the last click becomes the submit. A person checks it before it is used.
 */
export function draftRecipe(url: string, acts: readonly RecordedAct[], profile: FiscalProfile | null): Recipe {
  const asked = new Map<string, string>();
  const lastClick = acts.findLastIndex(({ what }) => what === 'click');
  const steps = acts.filter(({ at }) => at.length > 0).map((act) => stepOf(act, act === acts[lastClick]));

  function stepOf({ what, at, value }: RecordedAct, isLastClick: boolean) {
    if (what === 'click') return isLastClick ? { do: 'submit', at } : { do: 'click', at };
    if (what === 'check') return { do: 'check', at };
    return { do: what, at, value: templateOf(at, value) };
  }

  function templateOf(at: string[], value: string): string {
    const known = Object.entries(profile ?? {}).find(([, own]) => own !== null && own === value);
    if (known) return `{{recipient.${known[0]}}}`;
    const label = at[0]?.startsWith('label=') ? at[0].slice('label='.length) : `dato ${asked.size + 1}`;
    const name = asked.get(label) ?? `value${asked.size + 1}`;
    asked.set(label, name);
    return `{{ticket.${name}}}`;
  }

  const { hostname } = new URL(url);
  return Recipe.parse({
    id: hostname.replace(/[^a-z0-9]+/g, '-').slice(0, 40),
    name: hostname,
    printedHosts: [hostname.replace(/^www\d*\./, '')],
    url,
    verifiedLive: 'no',
    source: 'recorded with recibot portal record; ticket values, outcomes and deadline are to be completed',
    deadline: { until: 'end-of-month' },
    ticket: [...asked].map(([label, name]) => ({ name, label: { es: label, en: label } })),
    steps: [{ do: 'open' }, ...steps],
    outcomes: usualOutcomes,
    delivery: 'either',
  });
}
