import type { Connection } from 'mongoose';
import { type Identity, type Person, privateChats } from '../../domain/person.ts';
import { withDatabaseRetry } from '../database-retry.ts';
import { identityKey } from '../people.ts';

type Filter = Record<string, unknown>;

/** Where a person's traces lie: their ways to write, and the mailboxes that they linked. */
export interface OwnPlaces {
  identities: readonly Identity[];
  mailboxes: readonly string[];
  personId: string;
}

export async function ownPlaces(connection: Connection, { id, identities }: Person): Promise<OwnPlaces> {
  const owned = identities.map(({ channel, account, sender }) => {
    return { 'owner.channel': channel, 'owner.account': account, 'owner.sender': sender };
  });
  const mailboxes = connection.collection<{ _id: string }>('mailboxes');
  const find = () => mailboxes.find({ $or: owned }, { projection: { _id: 1 } }).toArray();
  const found = owned.length > 0 ? await withDatabaseRetry(find) : [];
  return { identities, mailboxes: found.map(({ _id }) => _id), personId: id };
}

/** The tickets that a person sent: in a chat of their own (which is named by whom it is with), in a group, or by their mailbox. */
export function ownTickets({ identities, mailboxes }: OwnPlaces): Filter {
  const sent = identities.flatMap((identity): Filter[] => {
    const { channel, account, sender } = identity;
    const at = { 'source.channel': channel, 'source.account': account };
    return [
      { ...at, 'source.chat': { $in: privateChats(identity) } },
      { ...at, 'metadata.sender': sender },
    ];
  });
  const mailed = mailboxes.map((address): Filter => ({ 'source.channel': 'gmail', 'source.account': address }));
  return { $or: [...sent, ...mailed, never] };
}

/** Everything else that names the person, whatever collection it lies in. */
export function ownTraces({ identities, mailboxes, personId }: OwnPlaces): Filter {
  const traces = identities.flatMap((identity): Filter[] => {
    const { channel, account, sender } = identity;
    const chat = { $in: privateChats(identity) };
    const inside = (part: string): Filter => ({
      [`${part}.channel`]: channel,
      [`${part}.account`]: account,
      $or: [{ [`${part}.chat`]: chat }, { [`${part}.sender`]: sender }],
    });
    return [
      { channel, account, $or: [{ chat }, { sender }] },
      // The web chat's messages tell no channel: their chat's name is unique by itself.
      ...(channel === 'webchat' ? [{ chat: sender }] : []),
      ...['place', 'owner', 'source'].map(inside),
      { _id: mentions(channel, sender) },
      // A messenger's two names of one person.
      { _id: new RegExp(`^${channel}:`), value: chat },
      // Link codes and conversations.
      { usedBy: identityKey(identity) },
    ];
  });
  const mailed = mailboxes.flatMap((address): Filter[] => [{ mailbox: address }, { _id: address }]);
  return { $or: [...traces, ...mailed, { personId }] };
}

/** Nothing is like it: an `$or` may not be empty. */
const never: Filter = { _id: '' };

/** Keys that are made of a channel and a sender, whatever stands between them. */
function mentions(channel: string, sender: string): RegExp {
  const [from, who] = [channel, sender].map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`(^|[^\\p{L}\\p{N}])${from}[^\\p{L}\\p{N}].*?(?<![\\p{L}\\p{N}])${who}([^\\p{L}\\p{N}]|$)`, 'u');
}
