import { type Decision, does, type Moment, type State, says } from '../decision.ts';
import { conversationTexts } from '../texts/texts.ts';

/** Longer than any number that a ticket prints. */
const maxValueLength = 60;

/** Asks for a value that a portal wants; its label was on the button. */
export function askPortalValue(state: State, ticketId: string, name: string, { language, now }: Moment): Decision {
  const { portal, buttons } = conversationTexts[language];
  const asked: State = { ...state, dialog: { kind: 'portal', ticketId, name }, dialogAt: now };
  return says(asked, { text: portal.askValue, buttons: [[{ label: buttons.cancel, data: 'cmd:cancel' }]] });
}

/** Takes it as typed, without blanks; whether it fits is for the recipe to say. */
export function takePortalValue(
  state: State,
  { ticketId, name }: { ticketId: string; name: string },
  typed: string,
  moment: Moment,
): Decision {
  const value = typed.replace(/\s/g, '');
  if (value === '' || value.length > maxValueLength) return askPortalValue(state, ticketId, name, moment);
  const effect = { do: 'give-portal-value', ticketId, name, value } as const;
  return does({ ...state, dialog: null, dialogAt: null }, effect);
}
