import type { FieldName } from '../../domain/document.ts';
import { texts } from '../../notifier/texts/texts.ts';
import { type Decision, does, type Moment, type State, says } from '../decision.ts';
import { conversationTexts } from '../texts/texts.ts';
import { formatOf, typedValue } from './typed-value.ts';

/** Asks for the new value of a field. */
export function askForValue(state: State, ticketId: string, field: FieldName, { language, now }: Moment): Decision {
  const { fix, buttons } = conversationTexts[language];
  const text = fix.askValue(texts[language].fields[field], fix.formats[formatOf(field)]);
  const asked: State = { ...state, dialog: { kind: 'fix', ticketId, field }, dialogAt: now };
  return says(asked, { text, buttons: [[{ label: buttons.cancel, data: 'cmd:cancel' }]] });
}

/** Takes what was typed for the field that was asked for; asks again when it is not of the field's format. */
export function takeValue(
  state: State,
  { ticketId, field }: { ticketId: string; field: FieldName },
  typed: string,
  moment: Moment,
): Decision {
  const value = typedValue(field, typed, moment.now);
  if (value !== null)
    return does({ ...state, dialog: null, dialogAt: null }, { do: 'correct', ticketId, field, value });
  const { fix, buttons } = conversationTexts[moment.language];
  const text = fix.wrongValue(texts[moment.language].fields[field], fix.formats[formatOf(field)]);
  const again: State = { ...state, dialog: { kind: 'fix', ticketId, field }, dialogAt: moment.now };
  return says(again, { text, buttons: [[{ label: buttons.cancel, data: 'cmd:cancel' }]] });
}
