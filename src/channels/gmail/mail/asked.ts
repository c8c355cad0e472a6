import type { Authentication } from './authentication.ts';
import type { ReadMail } from './mail-reader.ts';

/** Everybody's domains: whoever shares one of these is no colleague. */
const publicDomains: ReadonlySet<string> = new Set(['gmail.com', 'googlemail.com']);
/** What a person writes above what they forward. */
const ownWords = 300;

/**
 * Whether an answer in the thread was asked for: the mail names Recibot (in the subject, in its first words, or as `name+recibot@…`), and
 * it is surely from the mailbox's owner or from a colleague of the same domain. Strangers and programs are never answered.
 */
export function wantsAnswer(
  mail: ReadMail['mail'],
  { isVerified }: Authentication,
  address: string,
  labelIds: readonly string[],
): boolean {
  const { from, subject, text, recipients, isAutomatic } = mail;
  if (from === null || isAutomatic) return false;
  const isAsked =
    /\brecibot\b/i.test(subject) ||
    /\brecibot\b/i.test(text.slice(0, ownWords)) ||
    recipients.some((recipient) => /\+recibot@/.test(recipient));
  return isAsked && isOurs(from, address, isVerified, labelIds);
}

function isOurs(from: string, address: string, isVerified: boolean, labelIds: readonly string[]): boolean {
  // Gmail says `SENT` of what this very account sent; nobody else can.
  if (from === address) return isVerified || labelIds.includes('SENT');
  const domain = domainOf(address);
  return isVerified && domainOf(from) === domain && !publicDomains.has(domain);
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}
