import { fold } from '../command.ts';
import { type Decision, does, type Moment, type State } from '../decision.ts';
import { plainText } from '../plain-text.ts';
import { askForValue, takeValue } from './decide-fix.ts';
import { namedField } from './field-words.ts';

const yes = /^(si|sim|yes|ok|okay|correcto|correto|right|esta bien|asi esta bien|confirm\w*)\W*$/;

/** What follows from words in reply to a document's message: a value, a field to be asked for, `ok`; else which value is wrong? */
export function decideAbout(state: State, ticketId: string, text: string, moment: Moment): Decision {
  if (yes.test(fold(plainText(text.slice(0, 100))))) return does(state, { do: 'confirm', ticketId });
  const named = namedField(text);
  if (!named) return does(state, { do: 'choose-field', ticketId });
  const { field, value } = named;
  return value === ''
    ? askForValue(state, ticketId, field, moment)
    : takeValue(state, { ticketId, field }, value, moment);
}
