import type { Clock } from '../../domain/clock.ts';
import type { GmailDeps } from './gmail.ts';
import { createGmailApi } from './google/gmail-api.ts';
import { createOAuthServer } from './google/oauth-server.ts';
import { createLinking, type LinkingDeps } from './linking/linking.ts';
import type { GmailSettings } from './settings.ts';

type Parts = Omit<LinkingDeps, 'oauth' | 'api' | 'messages'> & {
  messages: NonNullable<GmailDeps['gmail']>['messages'];
  clock: Clock;
};

/** What the channel and the conversation share: mailboxes, their mails, and how they are linked. */
export function openMailboxes(settings: GmailSettings, parts: Parts): NonNullable<GmailDeps['gmail']> {
  const google = { api: createGmailApi(settings, parts.clock), oauth: createOAuthServer(settings, parts.clock) };
  const { mailboxes, messages, secrets } = parts;
  return { settings, mailboxes, messages, secrets, linking: createLinking({ ...parts, ...google }) };
}
