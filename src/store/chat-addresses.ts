import mongoose, { type Connection, type Model } from 'mongoose';
import { withDatabaseRetry } from './database-retry.ts';

/** An account of a messenger. */
export interface Account {
  channel: string;
  account: string;
}

/**
 * Who wrote to us, from where, and which of a messenger's two kinds of name mean the same person: WhatsApp calls somebody by phone
 * number or by a "lid", and tells how they belong together when it likes. All of these wait up to 30 s while the database is away, then
 * throw Failure `database-unavailable`.
 */
export interface ChatAddresses {
  /** Both names mean one person; true when that is news. */
  link(account: Account, lid: string, phone: string): Promise<boolean>;
  phoneOf(account: Account, lid: string): Promise<string | null>;
  /** Somebody wrote in `chat`, from `address`: that is where answers go. */
  heard(account: Account, chat: string, address: string, at: Date): Promise<void>;
  /** Null for a chat in which nobody ever wrote to us. */
  addressOf(account: Account, chat: string): Promise<string | null>;
}

interface AddressDocument {
  /** A chat's, or a lid's. */
  _id: string;
  /** Where answers go, or the phone. */
  value: string;
  at: Date | null;
}

export function createChatAddresses(connection: Connection): ChatAddresses {
  const model = addressModel(connection);
  const lookUp = async (_id: string): Promise<string | null> => {
    const found = await withDatabaseRetry<AddressDocument | null>(() => model.findById(_id).lean<AddressDocument>());
    return found?.value ?? null;
  };

  return {
    link: async (account, lid, phone) => {
      const change = { $set: { value: phone, at: null } };
      const filter = { _id: idOf(account, 'lid', lid) };
      const { upsertedCount, modifiedCount } = await withDatabaseRetry(() =>
        model.updateOne(filter, change, { upsert: true }),
      );
      return upsertedCount + modifiedCount > 0;
    },
    phoneOf: (account, lid) => lookUp(idOf(account, 'lid', lid)),
    heard: async (account, chat, value, at) => {
      const filter = { _id: idOf(account, 'chat', chat) };
      await withDatabaseRetry(() => model.updateOne(filter, { $set: { value, at } }, { upsert: true }));
    },
    addressOf: (account, chat) => lookUp(idOf(account, 'chat', chat)),
  };
}

function idOf({ channel, account }: Account, kind: 'lid' | 'chat', name: string): string {
  return `${channel}:${account}:${kind}:${name}`;
}

function addressModel(connection: Connection): Model<AddressDocument> {
  const schema = new mongoose.Schema<AddressDocument>(
    {
      _id: { type: String, required: true },
      value: { type: String, required: true },
      at: { type: Date, default: null },
    },
    { collection: 'chat_addresses', versionKey: false, autoIndex: false, strict: 'throw' },
  );
  return connection.model<AddressDocument>('ChatAddress', schema);
}
