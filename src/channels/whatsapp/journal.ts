import { createHash } from 'node:crypto';
import { isJidBroadcast, isJidNewsletter, type WAMessage } from '@whiskeysockets/baileys';
import type { Clock } from '../../domain/clock.ts';
import type { ChannelUpdates, NewUpdate, UpdateLane } from '../../store/channel-updates.ts';
import { hear } from './content.ts';
import { type KeptMessage, messageOf, toKept } from './kept-message.ts';
import { here } from './settings.ts';

/** WhatsApp keeps what a device has missed for 30 days. */
const keptMs = 30 * 24 * 60 * 60_000;
/** The sender's device has so long to send again what could not be decrypted, before the phone is asked. */
const sealedMs = 15_000;
const maxRemembered = 20_000;
/** A ticket's `source.message` takes 400 characters; nobody but a joker sends longer ids. */
const maxKeyLength = 300;

export interface JournalDeps {
  updates: Pick<ChannelUpdates, 'add' | 'known' | 'unseal'>;
  clock: Clock;
}

/**
 * The one way in: keeps messages once, under (chat, participant, id), in the database when it resolves. A message comes here up to three
 * times: encrypted when it arrives, readable when it is decrypted, and once more as Baileys' event.
 */
export function createJournal({ updates, clock }: JournalDeps) {
  const readable = new Set<string>();
  let lastNumber = 0;

  return async function keep(messages: readonly WAMessage[], { wasSealed = false } = {}): Promise<void> {
    const kept = messages.filter(isFromOthers).flatMap((message) => toKept(message) ?? []);
    const unknown = kept.filter((one) => !readable.has(keysOf(one)[0]));
    const rest = wasSealed ? await unsealed(unknown) : unknown;
    const fresh = await unknownByOtherName(rest);
    const entries = fresh.flatMap(toUpdates);
    const added = await updates.add(entries);
    // Nearly always all are new: one question to the database, since the server waits for our word.
    if (added < rest.length && !wasSealed) await unsealed(rest);
    for (const one of unknown) if (one.bytes !== null) remember(keysOf(one)[0]);
  };

  /** Makes readable what was kept sealed; returns the others. */
  async function unsealed(messages: readonly KeptMessage[]): Promise<KeptMessage[]> {
    const others: KeptMessage[] = [];
    for (const one of messages) {
      let isDone = one.bytes === null;
      for (const key of keysOf(one)) isDone ||= await updates.unseal(toUpdate(one, key));
      if (!isDone) others.push(one);
    }
    return others;
  }

  /** Without what is there under the sender's other name. */
  async function unknownByOtherName(messages: readonly KeptMessage[]): Promise<KeptMessage[]> {
    const others = messages.flatMap((one) => keysOf(one).slice(1));
    if (others.length === 0) return [...messages];
    const there = await updates.known(here.channel, here.account, others);
    return messages.filter((one) => !keysOf(one).some((key) => there.has(key)));
  }

  /** What no person said is not kept; it may have been taken for a message while it was encrypted. */
  function toUpdates(one: KeptMessage): NewUpdate[] {
    return laneOf(one) === null ? [] : [toUpdate(one, keysOf(one)[0])];
  }

  function toUpdate(payload: KeptMessage, key: string): NewUpdate {
    const now = clock.now();
    const lane = laneOf(payload) ?? 'talk';
    return {
      ...here,
      ...{ key, updateId: nextNumber(now), lane, chat: payload.jid, sender: payload.participant ?? payload.jid },
      ...{ album: null, payload, receivedAt: now },
      availableAt: new Date(now.getTime() + (lane === 'sealed' ? sealedMs : 0)),
      expiresAt: new Date(now.getTime() + keptMs),
    };
  }

  /** Microseconds since 1970, each one later than the one before. */
  function nextNumber(now: Date): number {
    lastNumber = Math.max(now.getTime() * 1_000, lastNumber + 1);
    return lastNumber;
  }

  function remember(key: string): void {
    readable.add(key);
    const [oldest] = readable;
    if (readable.size > maxRemembered && oldest !== undefined) readable.delete(oldest);
  }
}

/** The key under which an update is kept: also the `message` of its documents' source. */
export function keyOfUpdate(id: string): string {
  return id.slice(`${here.channel}:${here.account}:`.length);
}

export type Keep = ReturnType<typeof createJournal>;

function isFromOthers({ key }: WAMessage): boolean {
  const jid = key.remoteJid ?? '';
  return !key.fromMe && !isJidBroadcast(jid) && !isJidNewsletter(jid);
}

/** The same message may come under the sender's phone number and under their lid. */
function keysOf({ jid, alt, participant, participantAlt, id }: KeptMessage): [string, ...string[]] {
  const key = keyFor(jid, participant, id);
  if (alt !== null) return [key, keyFor(alt, participant, id)];
  return participantAlt === null ? [key] : [key, keyFor(jid, participantAlt, id)];
}

/** Of a device the person: `1:7@lid` and `1@lid` write the same messages. */
export function keyFor(jid: string, participant: string | null, id: string): string {
  const key = JSON.stringify([jid, participant ?? '', id].map((part) => part.replace(/:\d+@/, '@')));
  return key.length <= maxKeyLength ? key : createHash('sha256').update(key).digest('hex');
}

function laneOf(kept: KeptMessage): UpdateLane | null {
  if (kept.bytes === null) return 'sealed';
  const { kind } = hear(messageOf(kept), '').content;
  if (kind === 'none') return null;
  return kind === 'document' ? 'document' : 'talk';
}
