import type { Me } from './addressed.ts';
import type { BotApi } from './bot-api.ts';

/** Who the bot is, asked once; a failed question is asked again by the next one who wants to know. */
export function createIdentity(api: Pick<BotApi, 'getMe'>): () => Promise<Me> {
  let asked: Promise<Me> | null = null;
  return () => {
    asked ??= api.getMe().catch((error: unknown) => {
      asked = null;
      throw error;
    });
    return asked;
  };
}
