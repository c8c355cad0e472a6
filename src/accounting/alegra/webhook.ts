import { z } from 'zod';
import type { Clock } from '../../domain/clock.ts';
import type { Bookings } from '../../store/bookings.ts';
import type { Cached } from '../cached.ts';
import { Id } from './answers.ts';

/** What Alegra is asked to tell of (its documentation, "Suscripciones a Webhooks"). */
export const subscribedEvents = [
  'new-client',
  'edit-client',
  'delete-client',
  'new-item',
  'edit-item',
  'delete-item',
  'edit-bill',
  'delete-bill',
] as const;

const Entity = z.object({ id: Id }).loose();
export const AlegraEvent = z.object({
  subject: z.string(),
  message: z.object({ client: Entity.optional(), item: Entity.optional(), bill: Entity.optional() }).loose(),
});
export type AlegraEvent = z.infer<typeof AlegraEvent>;

const BillCategories = z.object({
  purchases: z.object({ categories: z.array(z.object({ id: Id, name: z.string() })).min(1) }),
});

export interface WebhookDeps {
  cached: Cached;
  bookings: Pick<Bookings, 'ofBill' | 'note'>;
  clock: Clock;
}

/** Does what a change at Alegra asks for; the same event twice has no second effect. */
export function createWebhook({ cached, bookings, clock }: WebhookDeps) {
  return async function onEvent(companyId: string, { subject, message }: AlegraEvent): Promise<void> {
    const { client, item, bill } = message;
    if (client) await contactChanged(companyId, subject, client.id);
    if (item) await itemsChanged(companyId);
    if (bill && subject === 'edit-bill') await categoryChanged(companyId, bill);
  };

  /** A new one may be the supplier that was not found before. */
  async function contactChanged(companyId: string, subject: string, id: string): Promise<void> {
    if (subject === 'new-client') return;
    await cached.invalidateId(companyId, 'contacts', id);
  }

  async function itemsChanged(companyId: string): Promise<void> {
    await cached.invalidatePattern(companyId, 'items', '^index$');
  }

  /** Whoever puts a bill under another account tells where that supplier's bills belong. */
  async function categoryChanged(companyId: string, bill: z.infer<typeof Entity>): Promise<void> {
    const [category] = BillCategories.safeParse(bill).data?.purchases.categories ?? [];
    const booking = await bookings.ofBill(companyId, bill.id);
    if (!category || !booking || booking.category?.id === category.id) return;
    await bookings.note(booking.id, { category, categorySource: 'person' }, clock.now(), 'changed in Alegra');
  }
}
