import type { Clock } from '../../domain/clock.ts';
import type { Identity, Person, QuietHours } from '../../domain/person.ts';
import type { ChatActivity, ChatName } from '../../store/chat-activity.ts';
import { quietUntil } from './quiet-hours.ts';

/** Whoever sent or wrote something this recently still looks at the chat. */
export const attentionMs = 30 * 60_000;

export interface QuietDeps {
  people: { ofIdentity(identity: Identity): Promise<Person | null> };
  activity: Pick<ChatActivity, 'lastAt'>;
  /** The company's; a person's own win. */
  hours: QuietHours | null;
  timeZone: string;
  clock: Clock;
}

/** When something that can wait may be told in the chat: null for now. Somebody who is there is never kept waiting. */
export type QuietEnd = (chat: ChatName) => Promise<Date | null>;

export function createQuietEnd({ people, activity, hours, timeZone, clock }: QuietDeps): QuietEnd {
  return async function quietEnd(chat) {
    const now = clock.now();
    // In a private chat the chat is called as the person is; a group keeps the company's hours.
    const person = await people.ofIdentity({ channel: chat.channel, account: chat.account, sender: chat.chat });
    const end = quietUntil(now, ownHours(person, hours), timeZone);
    if (end === null) return null;
    const lastAt = await activity.lastAt(chat);
    return lastAt !== null && now.getTime() - lastAt.getTime() < attentionMs ? null : end;
  };
}

function ownHours(person: Person | null, hours: QuietHours | null): QuietHours | null {
  const own = person?.quietHours;
  if (own === 'off') return null;
  return own ?? hours;
}
