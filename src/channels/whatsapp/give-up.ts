import type { Clock } from '../../domain/clock.ts';
import type { Language } from '../../domain/language.ts';
import type { DescribeFailure } from '../../http/error-handler.ts';
import type { Update } from '../../store/channel-updates.ts';
import { toQuoted } from './answers.ts';
import { KeptMessage } from './kept-message.ts';
import type { ResolveNames } from './names.ts';
import type { Outgoing } from './outgoing.ts';
import { whatsappTexts } from './texts.ts';

const hourMs = 60 * 60_000;

export interface GiveUpDeps {
  outgoing: Outgoing;
  names: Pick<ResolveNames, 'of'>;
  describeFailure: DescribeFailure;
  language: Language;
  clock: Clock;
}

/** The last word about a message that could not be worked off: the person is asked to send it again. Groups are left alone. */
export function createGiveUp({ outgoing, names, describeFailure, language, clock }: GiveUpDeps) {
  return async function giveUp({ id, lane, payload }: Update): Promise<void> {
    const kept = KeptMessage.safeParse(payload);
    if (!kept.success || kept.data.participant !== null) return;
    const { chat } = await names.of(kept.data);
    const quoted = toQuoted(kept.data);
    const words = whatsappTexts[language];
    // Of what cannot be opened there may be many: one word an hour.
    const hour = Math.floor(clock.now().getTime() / hourMs);
    if (lane === 'sealed')
      return void (await outgoing.say(chat, { text: words.sealed }, { id: `sealed:${chat}:${hour}` }));
    const text = lane === 'document' ? words.gone : describeFailure('internal', language);
    await outgoing.say(chat, { text }, { id: `${id}:given-up`, quoted });
    if (lane === 'document') await outgoing.mark(chat, quoted, '❌', '');
  };
}
