/** What an operator sets for the bot; see the TELEGRAM_ variables. */
export interface TelegramSettings {
  /** `<bot id>:<secret>`, as @BotFather gives it. */
  token: string;
  /** Ends with a slash. */
  apiRoot: string;
  /** Where Telegram brings updates; null: we ask for them. */
  webhookUrl: string | null;
  webhookSecret: string;
  /** Groups in which every document is for Recibot. */
  allowedGroups?: readonly string[];
}

export const channelName = 'telegram';

/** The bot's id is the first part of its token, so that it is known before Telegram is reached. */
export function accountOf({ token }: TelegramSettings): string {
  return token.slice(0, token.indexOf(':'));
}
