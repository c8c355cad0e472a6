import type { Language } from '../../domain/language.ts';
import type { DescribeFailure } from '../../http/error-handler.ts';
import type { Update } from '../../store/channel-updates.ts';
import type { Say } from './say.ts';

/** The last word about an update that could not be worked off: in a private chat the person is asked to send it again. */
export function createGiveUp(deps: { say: Say; describeFailure: DescribeFailure; language: Language }) {
  return async function giveUp({ chat, lane }: Update): Promise<void> {
    if (chat === '' || chat.startsWith('-')) return;
    const code = lane === 'document' ? 'channel-unavailable' : 'internal';
    await deps.say(chat, { text: deps.describeFailure(code, deps.language) });
  };
}
