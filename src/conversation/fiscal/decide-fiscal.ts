import { cfdiUses, FiscalProfile, regimes, regimesFor, withoutCompanyKind } from '../../domain/fiscal-profile.ts';
import type { Language } from '../../domain/language.ts';
import type { Button, Reply } from '../conversation.ts';
import { type Decision, does, type Moment, type State, says } from '../decision.ts';
import { conversationTexts } from '../texts/texts.ts';
import type { FiscalDialog, FiscalDraft } from './fiscal-dialog.ts';
import { fiscalLines } from './show-fiscal.ts';
import { next, takeFiscal } from './take-fiscal.ts';

/** Begins to ask for the fiscal data. */
export function startFiscal(state: State, moment: Moment): Decision {
  return goOn(state, { kind: 'fiscal', step: 'taxId', draft: {} }, moment);
}

/** Takes a typed text for the step that the dialog is at, and asks for the next one. */
export function takeFiscalText(state: State, dialog: FiscalDialog, typed: string, moment: Moment): Decision {
  const { fiscal } = conversationTexts[moment.language];
  const taken = takeFiscal(dialog, typed);
  if (!taken) return goOn(state, dialog, moment, fiscal.wrong[dialog.step]);
  return goOn(state, taken.dialog, moment, taken.isDoubtful ? fiscal.checkDigit : undefined);
}

/** Takes a button of the dialog: what it holds, `ok`, or what to do with the kind of company. */
export function takeFiscalButton(state: State, dialog: FiscalDialog, value: string, moment: Moment): Decision {
  const { step, draft } = dialog;
  if (step === 'confirm' && value === 'ok') return save(state, draft, moment);
  if (step === 'companyKind' && value === 'keep') return goOn(state, next(step, draft), moment);
  if (step === 'companyKind' && value === 'strip') {
    const name = withoutCompanyKind(draft.name ?? '') ?? draft.name;
    return goOn(state, next(step, { ...draft, ...(name ? { name } : {}) }), moment);
  }
  if (step === 'regime' || step === 'cfdiUse') return takeFiscalText(state, dialog, value, moment);
  return says(state, { text: conversationTexts[moment.language].oldButton });
}

function save(state: State, draft: FiscalDraft, moment: Moment): Decision {
  const profile = FiscalProfile.safeParse({ regime: null, postalCode: null, cfdiUse: null, ...draft });
  if (!profile.success) return startFiscal(state, moment);
  return does({ ...state, dialog: null, dialogAt: null }, { do: 'save-fiscal', profile: profile.data });
}

function goOn(state: State, dialog: FiscalDialog, { language, now }: Moment, before?: string): Decision {
  const question = ask(dialog, language);
  const text = before ? `${before}\n\n${question.text}` : question.text;
  return says({ ...state, dialog, dialogAt: now }, { ...question, text });
}

function ask({ step, draft }: FiscalDialog, language: Language): Reply {
  const { fiscal, buttons } = conversationTexts[language];
  const cancel: Button[] = [{ label: buttons.cancel, data: 'cmd:cancel' }];
  if (step === 'regime') {
    const choices = regimesFor(draft.taxId ?? '').map((code) => choice(code, regimes[code]?.name ?? ''));
    return { text: fiscal.ask.regime, buttons: [...choices, cancel] };
  }
  if (step === 'cfdiUse') {
    const choices = Object.entries(cfdiUses).map(([code, name]) => choice(code, name));
    return { text: fiscal.ask.cfdiUse, buttons: [...choices, cancel] };
  }
  if (step === 'companyKind') {
    const strip = [{ label: fiscal.strip(withoutCompanyKind(draft.name ?? '') ?? ''), data: 'fis:strip' }];
    return { text: fiscal.ask.companyKind, buttons: [strip, [{ label: fiscal.keep, data: 'fis:keep' }], cancel] };
  }
  if (step === 'confirm') {
    const rows = [[{ label: fiscal.right, data: 'fis:ok' }], [{ label: fiscal.again, data: 'fis:start' }], cancel];
    return { text: [fiscal.ask.confirm, ...fiscalLines(draft, language)].join('\n'), buttons: rows };
  }
  return { text: fiscal.ask[step], buttons: [cancel] };
}

function choice(code: string, name: string): Button[] {
  return [{ label: `${code} ${name}`, data: `fis:${code}` }];
}
