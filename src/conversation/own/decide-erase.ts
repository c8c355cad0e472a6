import { type Decision, does, type Moment, type State, says } from '../decision.ts';
import { conversationTexts } from '../texts/texts.ts';

/** Asks whether a person's data shall be erased: the first, or the second, time. */
export function askToErase(state: State, confirmed: number, { language, now }: Moment): Decision {
  const { own, buttons } = conversationTexts[language];
  const yes = { label: confirmed === 0 ? own.yes : own.yesSurely, data: 'own:erase' };
  const asked: State = { ...state, dialog: { kind: 'erase', confirmed }, dialogAt: now };
  const text = confirmed === 0 ? own.erase : own.eraseSurely;
  return says(asked, { text, buttons: [[yes], [{ label: buttons.cancel, data: 'cmd:cancel' }]] });
}

/** The second time it is done. */
export function confirmErase(state: State, confirmed: number, moment: Moment): Decision {
  if (confirmed === 0) return askToErase(state, 1, moment);
  return does({ ...state, dialog: null, dialogAt: null }, { do: 'erase-own' });
}
