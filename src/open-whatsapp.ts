import type { WhatsAppSettings } from './channels/whatsapp/settings.ts';
import type { WhatsAppParts } from './channels/whatsapp/whatsapp.ts';
import type { Clock } from './domain/clock.ts';
import type { Forgetful } from './jobs/forget.ts';
import type { Secrets } from './secrets/secrets.ts';
import type { ChannelUpdates } from './store/channel-updates.ts';
import { createChatAddresses } from './store/chat-addresses.ts';
import { createChatOutbox } from './store/chat-outbox.ts';
import type { Store } from './store/connect.ts';
import { createLeases } from './store/leases.ts';
import type { People } from './store/people.ts';
import { createSealedEntries } from './store/sealed-entries.ts';

export interface OpenWhatsAppDeps {
  connection: Store['connection'];
  people: People;
  updates: ChannelUpdates;
  secrets: Secrets;
  clock: Clock;
}

/** What WhatsApp needs besides what all channels have; no parts where it is not enabled. */
export async function openWhatsApp(
  settings: WhatsAppSettings | null,
  { connection, people, updates, secrets, clock }: OpenWhatsAppDeps,
): Promise<{ parts: WhatsAppParts | null; forgetful: Forgetful[] }> {
  if (settings === null) return { parts: null, forgetful: [] };
  const outbox = await createChatOutbox(connection);
  const parts = {
    ...{ settings, people, outbox },
    addresses: createChatAddresses(connection),
    sealedEntries: await createSealedEntries(connection, secrets),
    leases: createLeases(connection),
    print: (text: string) => void process.stdout.write(text),
  };
  // Each update says itself how long it is kept.
  const journal = { forgetBefore: async () => void (await updates.sweep(clock.now())) };
  return { parts, forgetful: [outbox, journal] };
}
