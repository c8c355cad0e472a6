import type { PortalState } from '../domain/portal.ts';
import type { Ticket } from '../domain/ticket.ts';
import { lastDay } from './deadline.ts';
import type { Recipe } from './recipe.ts';

/** A receipt's portal before it was visited. */
export function portalState(recipe: Recipe, fields: Ticket['fields']): PortalState {
  const date = fields.date?.value ?? null;
  return {
    recipeId: recipe.id,
    name: recipe.name,
    isVerified: recipe.verifiedLive !== 'no',
    outcome: null,
    words: null,
    lastDay: date === null ? null : lastDay(recipe.deadline, date),
    missing: [],
  };
}
