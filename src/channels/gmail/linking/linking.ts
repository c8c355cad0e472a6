import { createHash, randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import type { Said } from '../../../conversation/conversation.ts';
import type { Clock } from '../../../domain/clock.ts';
import type { Language } from '../../../domain/language.ts';
import type { Identity } from '../../../domain/person.ts';
import type { Secrets } from '../../../secrets/secrets.ts';
import type { MailboxLink, MailboxLinks } from '../../../store/mailbox-links.ts';
import type { MailboxMessages } from '../../../store/mailbox-messages.ts';
import type { Mailbox, Mailboxes } from '../../../store/mailboxes.ts';
import type { People } from '../../../store/people.ts';
import type { Tell } from '../../channel.ts';
import type { createGmailApi } from '../google/gmail-api.ts';
import { refusalOf } from '../google/google-error.ts';
import { openTokens, sealTokens } from '../google/mailbox-session.ts';
import type { OAuthServer, Tokens } from '../google/oauth-server.ts';
import { addressOf, currentHistoryId } from '../google/whereabouts.ts';
import { callbackPath, channelName } from '../settings.ts';
import { gmailTexts } from '../texts.ts';

/** Long enough to find one's password, short enough for a link that was seen by others. */
const linkMinutes = 15;

export interface LinkingDeps {
  oauth: OAuthServer;
  api: ReturnType<typeof createGmailApi>;
  links: MailboxLinks;
  mailboxes: Mailboxes;
  messages: Pick<MailboxMessages, 'removeOf'>;
  people: Pick<People, 'ofIdentity' | 'addIdentity' | 'release'>;
  secrets: Secrets;
  /** Of the service, as browsers reach it, without a slash at the end. */
  publicUrl(): string;
  tell: Tell;
  clock: Clock;
  log: Logger;
}

/** How somebody came back from Google. */
export type Linked =
  | { kind: 'done' | 'elsewhere'; address: string; language: Language }
  | { kind: 'expired' | 'denied' | 'incomplete' | 'failed'; language: Language | null };

/** Links mailboxes to people: the link that they open, their way back, and the end of it. */
export function createLinking(deps: LinkingDeps) {
  const { oauth, api, links, mailboxes, messages, people, secrets, clock, log } = deps;

  /** What to tell somebody who wants to link a mailbox. Throws GoogleError when the OAuth server cannot be found. */
  async function invite(companyId: string, said: Omit<Said, 'what'>, language: Language): Promise<string> {
    const [state, verifier] = [randomBytes(24).toString('base64url'), randomBytes(48).toString('base64url')];
    const id = hashOf(state).toString('hex');
    const redirectUrl = deps.publicUrl() + callbackPath;
    const url = await oauth.authorizeUrl({ state, redirectUrl, challenge: hashOf(verifier).toString('base64url') });
    const { channel, account, chat, sender } = said;
    await links.add({
      ...{
        id,
        companyId,
        owner: { channel, account, sender },
        place: { channel, account, chat },
        language,
        redirectUrl,
      },
      verifier: secrets.seal(verifier, verifierContext(id)),
      expiresAt: new Date(clock.now().getTime() + linkMinutes * 60_000),
    });
    return gmailTexts[language].openLink(url, linkMinutes);
  }

  /** Takes what Google's answer brings back. A link is used up by it, whatever comes of it. */
  async function complete({ state, code }: { state: string; code: string | null }): Promise<Linked> {
    const link = await links.take(hashOf(state).toString('hex'), clock.now());
    if (!link) return { kind: 'expired', language: null };
    const { language } = link;
    if (code === null) return { kind: 'denied', language };
    try {
      return await linkMailbox(link, code);
    } catch (error) {
      const kind = refusalOf(error) === 'revoked' ? 'incomplete' : 'failed';
      log.warn({ err: error, kind }, 'a mailbox could not be linked');
      return { kind, language };
    }
  }

  async function linkMailbox(link: MailboxLink, code: string): Promise<Linked> {
    const { id, language, companyId, owner, place, redirectUrl } = link;
    const verifier = secrets.open(link.verifier, verifierContext(id)).toString();
    const tokens = await oauth.exchange(code, verifier, redirectUrl);
    const { refresh_token: refreshToken } = tokens;
    if (refreshToken === undefined || !maysRead(tokens)) return { kind: 'incomplete', language };
    const forMailbox = api(tokens.access_token, new AbortController().signal);
    const address = await addressOf(forMailbox, tokens.id_token);
    if (address === null) return { kind: 'failed', language };
    const before = await mailboxes.get(address);
    const now = clock.now();
    const mailbox = await mailboxes.link({
      ...{ address, companyId, owner, place, language, linkedAt: now },
      tokens: sealTokens(secrets, address, { ...tokens, refresh_token: refreshToken }, now),
      historyId: await currentHistoryId(forMailbox),
    });
    if (!mailbox) return { kind: 'elsewhere', address, language };
    await nameOwner(mailbox);
    await tellLinked(mailbox, before !== null, id);
    log.info({ isAgain: before !== null }, 'a mailbox was linked');
    return { kind: 'done', address, language };
  }

  /** The mailbox is one more way in which its owner sends documents. */
  async function nameOwner({ address, owner, companyId }: Mailbox): Promise<void> {
    const identity = identityOf(address);
    const [person, before] = [await people.ofIdentity(owner), await people.ofIdentity(identity)];
    if (before && before.id !== person?.id) await people.release(identity);
    if (person) await people.addIdentity(companyId, person.id, identity);
  }

  async function tellLinked({ address, place, language }: Mailbox, isAgain: boolean, id: string): Promise<void> {
    const words = gmailTexts[language];
    const text = isAgain ? words.linkedAgain(address) : words.linked(address);
    await deps.tell(place.channel, { id: `gmail-linked:${id}`, ...place, reply: { text } });
  }

  /** Forgets a mailbox and gives its permission back; documents stay. */
  async function forget(mailbox: Mailbox): Promise<void> {
    await mailboxes.remove(mailbox.address);
    await messages.removeOf(mailbox.address);
    await people.release(identityOf(mailbox.address));
    const revoking = async () => oauth.revoke(openTokens(secrets, mailbox).refresh);
    await revoking().catch((error: unknown) => log.warn({ err: error }, 'the permission could not be given back'));
  }

  /** Forgets the mailboxes that somebody linked, whichever of their chats they did it from; returns the addresses. */
  async function forgetOf(identities: readonly Identity[]): Promise<string[]> {
    const theirs = (await mailboxes.list()).filter(({ owner }) => identities.some((one) => isSame(one, owner)));
    for (const mailbox of theirs) await forget(mailbox);
    return theirs.map(({ address }) => address);
  }

  /** The same, in words. */
  async function leave(identities: readonly Identity[], language: Language): Promise<string> {
    const addresses = await forgetOf(identities);
    const words = gmailTexts[language];
    return addresses.length === 0 ? words.nothingToUnlink : words.unlinked(addresses.join(', '));
  }

  return { invite, complete, forget, forgetOf, leave };
}

export type Linking = ReturnType<typeof createLinking>;

/** A person may untick what the page asks for; a server that names no scopes gave all. */
function maysRead({ scope }: Tokens): boolean {
  return scope === undefined || scope.split(' ').some((one) => /gmail\.modify$|mail\.google\.com\/?$/.test(one));
}

function identityOf(address: string): Identity {
  return { channel: channelName, account: address, sender: address };
}

function isSame(a: Identity, b: Identity): boolean {
  return a.channel === b.channel && a.account === b.account && a.sender === b.sender;
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function verifierContext(id: string): string {
  return `gmail-verifier:${id}`;
}
