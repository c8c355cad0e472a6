import type { Tell } from '../channels/channel.ts';
import { complianceResultsText } from '../notifier/compliance-text.ts';

import type { ComplianceRecord, ComplianceRecords } from '../store/compliance-records.ts';

export interface ResultTellerDeps {
  records: Pick<ComplianceRecords, 'untold' | 'markTold'>;
  tell: Tell;
  /** Channels in which nobody listens. */
  isSilent(channel: string): boolean;
}

export type ResultTeller = () => Promise<void>;

/** As many as one outage of an hour leaves behind in one chat, and more. */
const atOnce = 5_000;

/** Tells each chat, in one message, what its authority has answered since the tickets' own answers. */
export function createResultTeller({ records, tell, isSilent }: ResultTellerDeps): ResultTeller {
  return async function tellResults() {
    const found = await records.untold(atOnce);
    const byChat = Map.groupBy(found, ({ chat }) => JSON.stringify([chat.channel, chat.account, chat.chat]));
    for (const results of byChat.values()) {
      const [first] = results;
      if (first && !isSilent(first.chat.channel)) await tellChat(first, results);
      await records.markTold(results.map(({ id }) => id));
    }
  };

  /** The id is of the first and newest, so that a sweep that dies after telling tells nothing twice. */
  async function tellChat({ id, chat }: ComplianceRecord, results: readonly ComplianceRecord[]): Promise<void> {
    const newest = Math.max(...results.map(({ updatedAt }) => updatedAt.getTime()));
    await tell(chat.channel, {
      id: `compliance:${id}:${results.length}:${newest}`.slice(0, 300),
      account: chat.account,
      chat: chat.chat,
      reply: { text: complianceResultsText(results, chat.language) },
    });
  }
}
