import { Language } from '../domain/language.ts';
import { linkCodeIn } from '../domain/link-code.ts';
import { type CommandName, parseCommand } from './command.ts';
import type { Button, Reply, Said } from './conversation.ts';
import { type Decision, type Effect, freshState, type State } from './decision.ts';
import { monthIn } from './month.ts';
import { conversationTexts } from './texts/texts.ts';

/** A dialog that nobody spoke to for so long is over. */
export const dialogLifetimeMs = 15 * 60_000;
const hintPauseMs = 60_000;
/** Of the list of invoices; whoever wants older ones exports them. */
const lastPage = 1000;

export interface Moment {
  language: Language;
  now: Date;
}

/** What follows from what a linked person said: pure, so every rule of the conversation can be tested by itself. */
export function decide(before: State, what: Said['what'], moment: Moment): Decision {
  const state = withoutOldDialog(before, moment.now);
  return what.kind === 'button' ? onButton(state, what.data, moment) : onText(state, what.text, moment);
}

function withoutOldDialog(state: State, now: Date): State {
  const isOver = state.dialogAt !== null && now.getTime() - state.dialogAt.getTime() > dialogLifetimeMs;
  return isOver ? { ...freshState, hintedAt: state.hintedAt } : state;
}

function onText(state: State, text: string, moment: Moment): Decision {
  const command = parseCommand(text);
  if (command) return onCommand(state, command.name, command.rest, moment);
  const words = conversationTexts[moment.language];
  if (linkCodeIn(text)) return says(state, { text: words.alreadyLinked });
  return hint(state, moment);
}

function onCommand(state: State, name: CommandName, rest: string, moment: Moment): Decision {
  const words = conversationTexts[moment.language];
  switch (name) {
    case 'start':
    case 'help':
      return says(state, { text: words.help, buttons: helpButtons(moment.language) });
    case 'status':
      return does(state, { do: 'show-status' });
    case 'invoices':
      return does(state, { do: 'show-invoices', page: 0 });
    case 'expenses':
      return showMonthsExpenses(state, rest, moment);
    case 'link':
      return linkCodeIn(rest) ? says(state, { text: words.alreadyLinked }) : does(state, { do: 'make-link-code' });
    case 'language':
      return chooseLanguage(state, rest, moment);
    case 'cancel':
      return says(state, { text: words.nothingToCancel });
    default:
      return says(state, { text: words.notYet });
  }
}

function showMonthsExpenses(state: State, rest: string, { now, language }: Moment): Decision {
  const month = monthIn(rest, now);
  return month
    ? does(state, { do: 'show-expenses', month })
    : says(state, { text: conversationTexts[language].whichMonth });
}

function chooseLanguage(state: State, rest: string, { language }: Moment): Decision {
  const asked = Language.safeParse(rest.slice(0, 2).toLowerCase());
  if (asked.success) return does(state, { do: 'set-language', language: asked.data });
  const labels = Language.options.map(
    (code): Button => ({ label: conversationTexts[code].itself, data: `lang:${code}` }),
  );
  return says(state, { text: conversationTexts[language].whichLanguage, buttons: [labels] });
}

function onButton(state: State, data: string, moment: Moment): Decision {
  const [head = '', ...rest] = data.split(':');
  const command = head === 'cmd' ? parseCommand(`/${rest.join(' ')}`) : null;
  if (command) return onCommand(state, command.name, command.rest, moment);
  const page = head === 'inv' ? Number(rest[0]) : 0;
  if (Number.isInteger(page) && page > 0 && page <= lastPage) return does(state, { do: 'show-invoices', page });
  const language = Language.safeParse(rest[0]);
  if (head === 'lang' && language.success) return does(state, { do: 'set-language', language: language.data });
  return says(state, { text: conversationTexts[moment.language].oldButton });
}

function hint(state: State, { now, language }: Moment): Decision {
  if (state.hintedAt && now.getTime() - state.hintedAt.getTime() < hintPauseMs)
    return { state, replies: [], effects: [] };
  return says({ ...state, hintedAt: now }, { text: conversationTexts[language].hint });
}

function helpButtons(language: Language): Button[][] {
  const labels = conversationTexts[language].buttons;
  return [
    [
      { label: labels.status, data: 'cmd:status' },
      { label: labels.invoices, data: 'cmd:invoices' },
    ],
    [
      { label: labels.expenses, data: 'cmd:expenses' },
      { label: labels.language, data: 'cmd:language' },
    ],
  ];
}

function says(state: State, reply: Reply): Decision {
  return { state, replies: [reply], effects: [] };
}

function does(state: State, effect: Effect): Decision {
  return { state, replies: [], effects: [effect] };
}
