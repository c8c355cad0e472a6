import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../domain/clock.ts';
import type { Language } from '../domain/language.ts';
import type { Conversations } from '../store/conversations.ts';
import type { Menus } from '../store/menus.ts';
import { identityKey } from '../store/people.ts';
import type { PortalQuestions } from '../store/portal-questions.ts';
import type { Asker } from './asker.ts';
import { parseCommand } from './command.ts';
import type { Conversation, Reply, Said } from './conversation.ts';
import { decide } from './decide.ts';
import { type Decision, Effect, freshState, State } from './decision.ts';
import { createNumbering } from './number-replies.ts';
import { createPerform, type EffectDeps } from './perform.ts';
import { codeOf, createStrangers, type StrangerDeps } from './strangers.ts';
import { conversationTexts } from './texts/texts.ts';

export interface ConversationDeps extends EffectDeps, StrangerDeps {
  conversations: Conversations;
  menus: Menus;
  portalQuestions: Pick<PortalQuestions, 'answer'>;
  clock: Clock;
  /** Where a person chose none and the channel tells none. */
  language: Language;
}

/** A decision that is kept with the state until it is out of the last few, so that a process that died before its effects leaves them. */
const Decided = z.object({ saidId: z.string(), effects: z.array(Effect), replies: z.array(z.custom<Reply>()) });
const Kept = z.object({ state: State, decided: z.array(Decided) });
type Kept = z.infer<typeof Kept>;

/** More than anybody types; a burst beyond it is answered once. */
const messagesPerMinute = { times: 40, perMs: 60_000 };
const decisionsKept = 10;
/** A database document takes 16 MB; what is bigger is made again when its message comes again. */
const maxKeptBytes = 8_000_000;
/** Messages of one person in one chat that meet at the same instant: of all that are let through in a minute, the last one waits for the rest. */
const maxTries = 60;

interface Answered {
  replies: Reply[];
  /** Whether they are given again to the same message. */
  isKept: boolean;
}

/** The conversation on the database: loads what is remembered, decides, keeps it by compare-and-set, then carries it out. */
export function createConversation(deps: ConversationDeps): Conversation {
  const { people, conversations, menus, allowances, clock } = deps;
  const perform = createPerform(deps);
  const strangers = createStrangers(deps);
  const numbering = createNumbering(menus);

  async function handle(said: Said): Promise<Reply[]> {
    if (said.isGroup && said.isAddressed === false && said.what.kind === 'text') return [];
    const key = keyOf(said, said.id);
    const before = await conversations.repliesTo(key);
    if (before) return before;
    const { replies, isKept } = await answer(said);
    return isKept ? conversations.keepReplies(key, replies, ownerOf(said)) : replies;
  }

  async function answer(said: Said): Promise<Answered> {
    const language = said.language ?? deps.language;
    const known = await people.ofIdentity(said);
    const hasCode = said.what.kind === 'text' && codeOf(said.what.text) !== null;
    const isGuestWithCode = hasCode && known?.isGuest === true;
    const person = known ?? (hasCode ? null : await strangers.signUp(said));
    if (!person || isGuestWithCode) {
      return { replies: await strangers.answer(said, person?.language ?? language), isKept: true };
    }
    return answerPerson({ person, said, language: person.language ?? language });
  }

  async function answerPerson(asker: Asker): Promise<Answered> {
    const key = identityKey(asker.said);
    if (!(await allowances.take(`said:${key}`, messagesPerMinute))) {
      const mayTell = await allowances.take(`said-stop:${key}`, { ...messagesPerMinute, times: 1 });
      const replies = mayTell ? [{ text: conversationTexts[asker.language].tooManyMessages }] : [];
      return { replies, isKept: mayTell };
    }
    if (await answersPortal(asker)) {
      return { replies: [{ text: conversationTexts[asker.language].portal.captchaThanks }], isKept: true };
    }
    const { effects, replies } = await decided(asker);
    const given = [...replies];
    for (const effect of effects) given.push(...(await perform(asker, effect)));
    const isErased = effects.some((effect) => effect.do === 'erase-own');
    const sizeBytes = given.reduce((sum, { file }) => sum + (file?.bytes.length ?? 0), 0);
    const shown = await numbering.shown(asker.said, given, asker.language);
    return { replies: shown, isKept: !isErased && sizeBytes <= maxKeptBytes };
  }

  /** While a portal waits for what a picture says, the next words are that; a command is not. */
  async function answersPortal({ said: { what, ...chat } }: Asker): Promise<boolean> {
    if (what.kind !== 'text' || parseCommand(what.text) !== null) return false;
    return deps.portalQuestions.answer(chat, what.text.trim().slice(0, 60), clock.now());
  }

  async function decided({ said, language }: Asker): Promise<Omit<Decision, 'state'>> {
    const key = keyOf(said, said.sender);
    const { aboutTicketId } = said;
    const moment = { language, now: clock.now(), picked: await numbering.picked(said), aboutTicketId };
    for (let tries = 0; tries < maxTries; tries += 1) {
      const { state: found, revision } = await conversations.load(key);
      const kept = found === null ? { state: freshState, decided: [] } : Kept.parse(found);
      const before = kept.decided.find(({ saidId }) => saidId === said.id);
      if (before) return before;
      const { state, effects, replies } = decide(kept.state, said.what, moment);
      const all = [...kept.decided, { saidId: said.id, effects, replies }].slice(-decisionsKept);
      if (await conversations.save(key, revision, { state, decided: all } satisfies Kept, ownerOf(said)))
        return { effects, replies };
    }
    throw new Error('too many messages of one person at once');
  }

  return {
    handle,
    admit: async (who) => {
      const person = (await people.ofIdentity(who)) ?? (await strangers.signUp(who));
      const language = person?.language ?? who.language ?? deps.language;
      if (person) return { kind: 'linked', companyId: person.companyId, personId: person.id, language };
      return { kind: 'stranger', replies: await strangers.tellHow(who, language) };
    },
    known: people.ofIdentity,
    numbered: numbering.number,
  };
}

function keyOf({ channel, account, chat }: Said, last: string): string {
  return createHash('sha256')
    .update(JSON.stringify([channel, account, chat, last]))
    .digest('hex');
}

/** By which the person's conversations are found when they want to be forgotten. */
function ownerOf(said: Said): string {
  return identityKey(said);
}
