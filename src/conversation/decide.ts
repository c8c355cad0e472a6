import { linkCodeIn } from '../domain/link-code.ts';
import { parseCommand } from './command.ts';
import type { Said } from './conversation.ts';
import { decideButton } from './decide-button.ts';
import { decideCommand, helpButtons } from './decide-command.ts';
import { type Decision, type Dialog, does, type Moment, type State, says } from './decision.ts';
import { takeFiscalText } from './fiscal/decide-fiscal.ts';
import { stepsWithChoices } from './fiscal/fiscal-dialog.ts';
import { decideAbout } from './fix/decide-about.ts';
import { takeValue } from './fix/decide-fix.ts';
import { freeWords } from './free-words.ts';
import { askToErase } from './own/decide-erase.ts';
import { takePortalValue } from './portal/portal-value.ts';
import { conversationTexts } from './texts/texts.ts';

/** A dialog that nobody spoke to for so long is over. */
export const dialogLifetimeMs = 15 * 60_000;
const hintPauseMs = 60_000;

/** What follows from what a linked person said: pure, so every rule of the conversation can be tested by itself. */
export function decide(before: State, what: Said['what'], moment: Moment): Decision {
  const state = withoutOldDialog(before, moment.now);
  return what.kind === 'button' ? decideButton(state, what.data, moment) : decideText(state, what.text, moment);
}

function withoutOldDialog(state: State, now: Date): State {
  const isOver = state.dialogAt !== null && now.getTime() - state.dialogAt.getTime() >= dialogLifetimeMs;
  return isOver ? { ...state, dialog: null, dialogAt: null } : state;
}

/** In a dialog a text is its next word, except for what begins with a slash, and `cancelar`. */
function decideText(state: State, text: string, moment: Moment): Decision {
  const { dialog } = state;
  if (moment.picked && isPickable(dialog)) return decideButton(state, moment.picked, moment);
  const command = parseCommand(text);
  if (command && (!dialog || command.hasSlash || command.name === 'cancel'))
    return decideCommand(state, command, moment);
  if (dialog) return goOn(state, dialog, text, moment);
  const code = linkCodeIn(text);
  if (code) return does(state, { do: 'redeem-code', code });
  if (moment.aboutTicketId) return decideAbout(state, moment.aboutTicketId, text, moment);
  return decideFreely(state, text, moment);
}

function goOn(state: State, dialog: Dialog, text: string, moment: Moment): Decision {
  switch (dialog.kind) {
    case 'fiscal':
      return takeFiscalText(state, dialog, text, moment);
    case 'fix':
      return takeValue(state, dialog, text, moment);
    case 'portal':
      return takePortalValue(state, dialog, text, moment);
    case 'erase':
      return askToErase(state, dialog.confirmed, moment);
  }
}

function decideFreely(state: State, text: string, moment: Moment): Decision {
  const words = conversationTexts[moment.language];
  const free = freeWords(text);
  switch (free?.kind) {
    case 'command':
      return decideCommand(state, free.command, moment);
    case 'thanks':
      return says(state, { text: words.thanks });
    case 'greeting':
      return says(state, { text: words.hello, buttons: helpButtons(moment.language) });
    case undefined:
      return hint(state, moment);
  }
}

/** While a value is typed, a number is that value and picks nothing. */
function isPickable(dialog: Dialog | null): boolean {
  if (!dialog) return true;
  return dialog.kind === 'erase' || (dialog.kind === 'fiscal' && stepsWithChoices.has(dialog.step));
}

function hint(state: State, { now, language }: Moment): Decision {
  const wasHinted = state.hintedAt !== null && now.getTime() - state.hintedAt.getTime() < hintPauseMs;
  if (wasHinted) return { state, replies: [], effects: [] };
  return says({ ...state, hintedAt: now }, { text: conversationTexts[language].hint });
}
