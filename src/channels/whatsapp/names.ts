import { isJidGroup, isLidUser, isPnUser, jidDecode, jidNormalizedUser } from '@whiskeysockets/baileys';
import type { Logger } from 'pino';
import type { Clock } from '../../domain/clock.ts';
import type { Identity, Person } from '../../domain/person.ts';
import type { ChatAddresses } from '../../store/chat-addresses.ts';
import type { KeptMessage } from './kept-message.ts';
import { here } from './settings.ts';

/** Who wrote, and where, as the rest of Recibot knows it. */
export interface Names {
  /** Named by phone where it is known, whichever way WhatsApp addressed the message. */
  chat: string;
  /** A phone number's digits, or a lid while no phone is known. */
  sender: string;
  isGroup: boolean;
}

export interface NamesDeps {
  addresses: ChatAddresses;
  people: {
    ofIdentity(identity: Identity): Promise<Person | null>;
    addIdentity(companyId: string, personId: string, identity: Identity): Promise<Person | null>;
  };
  clock: Clock;
  log: Logger;
}

/** WhatsApp calls a person by phone number or by a "lid"; here both become one name, and one person, as soon as that is known. */
export function createNames({ addresses, people, clock, log }: NamesDeps) {
  /** Notes that the chat wrote to us, too: only those are written to. */
  async function of({ jid, alt, participant, participantAlt }: KeptMessage): Promise<Names> {
    const isGroup = Boolean(isJidGroup(jid));
    const person = await personOf(isGroup ? participant : jid, isGroup ? participantAlt : alt);
    const chat = isGroup ? jid : person;
    await addresses.heard(here, chat, jidNormalizedUser(jid), clock.now());
    return { chat, sender: senderOf(person), isGroup };
  }

  async function personOf(name: string | null, other: string | null): Promise<string> {
    const names = [name, other].flatMap((one) => (one ? [jidNormalizedUser(one)] : []));
    const lid = names.find((one) => isLidUser(one));
    const told = names.find((one) => isPnUser(one));
    if (lid && told) await samePerson(lid, told);
    return told ?? (lid && (await addresses.phoneOf(here, lid))) ?? names[0] ?? '';
  }

  async function samePerson(lid: string, phone: string): Promise<void> {
    const [ours, theirs] = [jidNormalizedUser(lid), jidNormalizedUser(phone)];
    if (await addresses.link(here, ours, theirs)) await merge(senderOf(ours), senderOf(theirs));
  }

  /** Whoever was let in under one name is let in under the other. Two people who were let in apart stay two: an operator decides. */
  async function merge(lid: string, phone: string): Promise<void> {
    const [byLid, byPhone] = await Promise.all([lid, phone].map((sender) => people.ofIdentity({ ...here, sender })));
    if (byLid && byPhone && byLid.id !== byPhone.id)
      return log.warn('two people turn out to be one; the phone’s is used');
    const known = byLid ?? byPhone;
    if (!known) return;
    for (const sender of [lid, phone]) await people.addIdentity(known.companyId, known.id, { ...here, sender });
  }

  return { of, samePerson };
}

export type ResolveNames = ReturnType<typeof createNames>;

function senderOf(jid: string): string {
  return isPnUser(jid) ? (jidDecode(jid)?.user ?? jid) : jid;
}
