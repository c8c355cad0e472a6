/** What an operator sets for mailboxes; see the GOOGLE_ and GMAIL_ variables. */
export interface GmailSettings {
  clientId: string;
  clientSecret: string;
  /** Of the Gmail API, without a slash at the end. */
  rootUrl: string;
  /** Of the OAuth server; null: Google's own. */
  oauthRootUrl: string | null;
  /** Pub/Sub topic that Gmail tells of new mail; null: mailboxes are only asked. */
  topic: string | null;
}

export const channelName = 'gmail';

/** Where Google sends people back to, below the public address. */
export const callbackPath = '/oauth/google/callback';
