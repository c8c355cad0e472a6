import { type Person, type PersonRole, privateChats, seesWholeCompany } from '../domain/person.ts';
import type { TicketScope } from '../store/ticket-lists.ts';
import type { Said } from './conversation.ts';
import type { Effect } from './decision.ts';

interface Rule {
  /** Who may; absent: everybody who is linked. */
  roles?: readonly PersonRole[];
  /** Whether it is done in a chat of several people; what is personal is not. */
  inGroup: boolean;
}

const administrators: readonly PersonRole[] = ['owner', 'operator'];

/** Who may do what, and where. What a role may do is done to the documents of `scopeOf`. */
const rules: Readonly<Record<Effect['do'], Rule>> = {
  'show-status': { inGroup: false },
  'show-invoices': { inGroup: false },
  'show-expenses': { inGroup: false },
  'export-month': { inGroup: false },
  'choose-ticket': { inGroup: true },
  'choose-named': { inGroup: true },
  'choose-field': { inGroup: true },
  'choose-merchant': { inGroup: true },
  correct: { inGroup: true },
  confirm: { inGroup: true },
  'read-again': { inGroup: true },
  'get-invoice': { inGroup: true },
  'give-portal-value': { inGroup: true },
  'show-fiscal': { inGroup: false },
  'save-fiscal': { roles: administrators, inGroup: false },
  'link-mailbox': { inGroup: false },
  'leave-mailboxes': { inGroup: false },
  'make-link-code': { inGroup: false },
  'redeem-code': { inGroup: false },
  'set-language': { inGroup: true },
  'export-own': { inGroup: false },
  'erase-own': { inGroup: false },
};

/** Why something is not done for a person in a chat; null when it is. */
export function refusal(
  what: Effect['do'],
  person: Pick<Person, 'roles'>,
  { isGroup = false }: Pick<Said, 'isGroup'>,
): 'onlyInPrivate' | 'notYours' | null {
  const { roles, inGroup } = rules[what];
  if (isGroup && !inGroup) return 'onlyInPrivate';
  return roles && !person.roles.some((role) => roles.includes(role)) ? 'notYours' : null;
}

/**
 * A member sees the tickets of their own chats, whatever channel they write from, everybody else those of the company; in a group
 * everybody only the group's.
 */
export function scopeOf({ person, said }: { person: Person; said: Said }): TicketScope {
  const { companyId } = person;
  const { channel, account, chat, isGroup = false } = said;
  const here = { channel, account, chat };
  if (isGroup) return { companyId, chats: [here] };
  if (seesWholeCompany(person)) return { companyId };
  const theirs = person.identities.flatMap((identity) => {
    return privateChats(identity).map((name) => ({ channel: identity.channel, account: identity.account, chat: name }));
  });
  return { companyId, chats: [here, ...theirs] };
}
