import { z } from 'zod';
import { Language } from './language.ts';

/** What a person may do in a company: `member` sends documents and sees their own; the others see the whole company's. */
export const PersonRole = z.enum(['owner', 'member', 'reviewer', 'operator']);
export type PersonRole = z.infer<typeof PersonRole>;

/** One way to reach a person: who they are to one bot, number or mailbox of a channel. It belongs to one person at most. */
export const Identity = z.object({ channel: z.string(), account: z.string(), sender: z.string() });
export type Identity = z.infer<typeof Identity>;

/** When a phone stays silent, by the clock on the wall: `22:00`. */
const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
export const QuietHours = z.object({ from: TimeOfDay, to: TimeOfDay });
export type QuietHours = z.infer<typeof QuietHours>;

export const Person = z.object({
  id: z.string(),
  companyId: z.string(),
  roles: z.array(PersonRole).min(1),
  /** As they call themselves in the chat; hostile text, for operators only. */
  name: z.string(),
  /** Their own choice; null while they made none. */
  language: Language.nullable(),
  identities: z.array(Identity),
  /** Their own choice; null while they made none and the company's hold. */
  quietHours: z
    .union([QuietHours, z.literal('off')])
    .nullable()
    .default(null),
  /** Let in without a code: whoever is, leaves this behind when a code makes them somebody. */
  isGuest: z.boolean().default(false),
  createdAt: z.date(),
});
export type Person = z.infer<typeof Person>;

export function seesWholeCompany({ roles }: Pick<Person, 'roles'>): boolean {
  return roles.some((role) => role !== 'member');
}

/** What a private chat with somebody may be called, as `source.chat`: most channels name it by whom it is with, WhatsApp by their address. */
export function privateChats({ channel, sender }: Identity): string[] {
  return channel === 'whatsapp' && !sender.includes('@') ? [sender, `${sender}@s.whatsapp.net`] : [sender];
}
