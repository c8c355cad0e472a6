import type { Allowances } from '../store/allowances.ts';
import type { LinkCodes } from '../store/link-codes.ts';
import { identityKey, type People } from '../store/people.ts';
import type { Asker } from './asker.ts';
import type { Reply } from './conversation.ts';
import { codeTries } from './strangers.ts';
import { conversationTexts } from './texts/texts.ts';

export interface RedeemCodeDeps {
  people: People;
  linkCodes: LinkCodes;
  allowances: Allowances;
}

/** A code in the hands of somebody who is linked: it gives them its role, if it is their own company's. */
export async function redeemCode(
  deps: RedeemCodeDeps,
  { person, said, language }: Asker,
  code: string,
): Promise<Reply[]> {
  const words = conversationTexts[language];
  const mayTry = await deps.allowances.take(`link-try:${identityKey(said)}`, codeTries);
  if (!mayTry) return [{ text: words.tooManyCodes }];
  const grant = await deps.linkCodes.claimForMember(code, said, person.companyId);
  if (!grant) return [{ text: words.alreadyLinked }];
  await deps.people.addRoles(person.companyId, person.id, grant.roles);
  return [{ text: words.roleGiven(grant.roles.map((role) => words.roles[role]).join(', ')) }];
}
