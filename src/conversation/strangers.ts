import type { Language } from '../domain/language.ts';
import { linkCodeIn } from '../domain/link-code.ts';
import type { Person } from '../domain/person.ts';
import type { Allowances } from '../store/allowances.ts';
import type { LinkCodes } from '../store/link-codes.ts';
import { identityKey, type People } from '../store/people.ts';
import { parseCommand } from './command.ts';
import type { Reply, Said } from './conversation.ts';
import { plainText } from './plain-text.ts';
import { conversationTexts } from './texts/texts.ts';

export interface StrangerDeps {
  people: People;
  linkCodes: LinkCodes;
  allowances: Allowances;
  /** The company that an unknown sender of a channel joins; null where only codes let people in. */
  openCompanyOf(channel: string): string | null;
}

type Who = Omit<Said, 'what'>;

const hourMs = 3_600_000;
export const codeTries = { times: 5, perMs: hourMs };
const oncePerHour = { times: 1, perMs: hourMs };

/** What an unknown sender can do: be linked, be told how, and nothing else. */
export function createStrangers({ people, linkCodes, allowances, openCompanyOf }: StrangerDeps) {
  /** Makes the sender a member where sign-up is open; null where it is not. */
  async function signUp(who: Who): Promise<Person | null> {
    const companyId = openCompanyOf(who.channel);
    if (companyId === null) return null;
    return people.join({ companyId, roles: ['member'], name: nameOf(who), identity: identityOf(who), isGuest: true });
  }

  async function onceAnHour(what: string, who: Who, text: string): Promise<Reply[]> {
    return (await allowances.take(`${what}:${identityKey(who)}`, oncePerHour)) ? [{ text }] : [];
  }

  async function link(code: string, who: Who, language: Language): Promise<Reply[]> {
    const words = conversationTexts[language];
    const mayTry = await allowances.take(`link-try:${identityKey(who)}`, codeTries);
    if (!mayTry) return onceAnHour('link-stop', who, words.tooManyCodes);
    const grant = await linkCodes.claim(code, identityOf(who));
    if (!grant) return [{ text: words.wrongCode }];
    const { personId, ...newcomer } = grant;
    await releaseGuest(who);
    const person = personId
      ? await people.addIdentity(grant.companyId, personId, identityOf(who))
      : await people.join({ ...newcomer, name: nameOf(who), identity: identityOf(who) });
    return person ? [{ text: `${words.linked}\n\n${words.help}` }] : [{ text: words.wrongCode }];
  }

  /** A guest with a code becomes whom the code says; what they sent before stays where it is. */
  async function releaseGuest(who: Who): Promise<void> {
    const before = await people.ofIdentity(who);
    if (before?.isGuest) await people.release(identityOf(who));
  }

  return {
    signUp,
    tellHow: (who: Who, language: Language) => onceAnHour('stranger', who, conversationTexts[language].stranger),
    answer: async (said: Said, language: Language): Promise<Reply[]> => {
      const code = said.what.kind === 'text' ? codeOf(said.what.text) : null;
      if (code) return link(code, said, language);
      return onceAnHour('stranger', said, conversationTexts[language].stranger);
    },
  };
}

/** `/start CODE` (what a t.me link sends), `vincular CODE`, or the code by itself. */
export function codeOf(text: string): string | null {
  const command = parseCommand(text);
  if (command && (command.name === 'start' || command.name === 'link')) return linkCodeIn(command.rest);
  return linkCodeIn(plainText(text.slice(0, 100)));
}

function identityOf({ channel, account, sender }: Who) {
  return { channel, account, sender };
}

function nameOf({ senderName }: Who): string {
  return plainText(senderName.slice(0, 200));
}
