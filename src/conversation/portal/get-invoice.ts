import type { PortalState } from '../../domain/portal.ts';
import type { Ticket } from '../../domain/ticket.ts';
import type { FiscalProfiles } from '../../store/fiscal-profiles.ts';
import type { PortalRuns } from '../../store/portal-runs.ts';
import type { TicketAt } from '../../store/tickets.ts';
import type { Asker } from '../asker.ts';
import type { Button, Reply } from '../conversation.ts';
import type { CorrectDeps } from '../fix/correct.ts';
import { scopeOf } from '../permissions.ts';
import { conversationTexts } from '../texts/texts.ts';

export interface GetInvoiceDeps extends CorrectDeps {
  fiscalProfiles: FiscalProfiles;
  portalRuns: Pick<PortalRuns, 'of' | 'give'>;
}

/** Sends a receipt to its merchant's portal, once what the portal wants and for whom the invoice is are known. */
export async function getInvoice(deps: GetInvoiceDeps, asker: Asker, ticketId: string): Promise<Reply[]> {
  const { fix, portal: words } = conversationTexts[asker.language];
  const at = await receipt(deps, asker, ticketId);
  if (!at) return [{ text: fix.notFound }];
  const { portal, stage, invoice } = at.ticket;
  if (stage === 'AUTOMATION_QUEUE' || stage === 'WEB_AUTOMATION') return [{ text: words.underWay }];
  if (invoice || portal?.outcome === 'ok') return [{ text: words.hasOne }];
  if (!portal || !isAtEnd(at.ticket)) return [{ text: words.none }];
  return begin(deps, asker, at, portal);
}

async function begin(deps: GetInvoiceDeps, asker: Asker, at: TicketAt, portal: PortalState): Promise<Reply[]> {
  const { fiscal, portal: words } = conversationTexts[asker.language];
  const { id, companyId } = at.ticket;
  if (!(await deps.fiscalProfiles.of(companyId)))
    return [{ text: words.needsProfile, buttons: [[{ label: fiscal.begin, data: 'fis:start' }]] }];
  const given = (await deps.portalRuns.of(id))?.given ?? {};
  const missing = portal.missing.filter(({ name }) => !(name in given));
  if (missing.length > 0)
    return [{ text: words.askMissing, buttons: missing.map((one) => [buttonFor(one, id, asker)]) }];
  await deps.tickets.move(at, 'AUTOMATION_QUEUE', { reasons: [] }, 'invoice asked for');
  await deps.flush(id);
  return [{ text: words.begun(portal.name) }];
}

/** Keeps a value that a person typed for the portal, and goes on. */
export async function givePortalValue(
  deps: GetInvoiceDeps,
  asker: Asker,
  { ticketId, name, value }: { ticketId: string; name: string; value: string },
): Promise<Reply[]> {
  const at = await receipt(deps, asker, ticketId);
  const portal = at?.ticket.portal;
  if (!at || !portal) return [{ text: conversationTexts[asker.language].fix.notFound }];
  const { id, companyId } = at.ticket;
  await deps.portalRuns.give({ ticketId: id, companyId, recipeId: portal.recipeId }, name, value);
  return getInvoice(deps, asker, id);
}

/** Of bytes that came twice the first one is what is invoiced. */
async function receipt({ tickets }: GetInvoiceDeps, asker: Asker, ticketId: string): Promise<TicketAt | null> {
  const asked = await tickets.find(scopeOf(asker), ticketId);
  if (!asked || asked.ticket.duplicateOf === null) return asked;
  return tickets.find({ companyId: asked.ticket.companyId }, asked.ticket.duplicateOf);
}

function buttonFor({ name, es, en }: PortalState['missing'][number], ticketId: string, { language }: Asker): Button {
  return { label: language === 'en' ? en : es, data: `por:${ticketId}:${name}` };
}

function isAtEnd({ stage }: Ticket): boolean {
  return stage === 'COMPLETED' || stage === 'HUMAN_REVIEW';
}
