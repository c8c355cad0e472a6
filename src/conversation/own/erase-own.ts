import type { Asker } from '../asker.ts';
import type { Reply } from '../conversation.ts';
import { conversationTexts } from '../texts/texts.ts';
import type { OwnDeps } from './export-own.ts';

/** Forgets a person and what is theirs; what the law makes the company keep stays without them. */
export async function eraseOwn({ own, mailLinks }: OwnDeps, { person, language }: Asker): Promise<Reply[]> {
  const words = conversationTexts[language].own;
  const identities = person.identities.map(({ channel, account, sender }) => ({ channel, account, sender }));
  await mailLinks?.leave(identities, language);
  const { documents, keptInvoices } = await own.erase(person);
  const kept = keptInvoices > 0 ? [words.keptInvoices(keptInvoices)] : [];
  return [{ text: [words.erased(documents), ...kept].join('\n\n') }];
}
