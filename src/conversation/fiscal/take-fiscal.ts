import { z } from 'zod';
import { cfdiUses, checkTaxId, regimesFor, withoutCompanyKind } from '../../domain/fiscal-profile.ts';
import { plainText } from '../plain-text.ts';
import { type FiscalDialog, type FiscalDraft, type FiscalStep, stepAfter } from './fiscal-dialog.ts';

export interface Taken {
  dialog: FiscalDialog;
  /** The value is taken, but may be wrong. */
  isDoubtful?: boolean;
}

const maxNameLength = 254;

/** Takes what was typed for the step that the dialog is at; null when it cannot be that. */
export function takeFiscal({ step, draft }: FiscalDialog, typed: string): Taken | null {
  if (typed.length > 1000) return null;
  const text = plainText(typed);
  switch (step) {
    case 'taxId': {
      const checked = checkTaxId(text);
      if (!checked) return null;
      const { isSure, ...found } = checked;
      return { dialog: next(step, { ...draft, ...found }), isDoubtful: !isSure };
    }
    case 'name':
    case 'companyKind':
      return takeName(draft, text);
    case 'regime':
      return regimesFor(draft.taxId ?? '').includes(text) ? { dialog: next(step, { ...draft, regime: text }) } : null;
    case 'postalCode':
      return /^\d{5}$/.test(text) ? { dialog: next(step, { ...draft, postalCode: text }) } : null;
    case 'cfdiUse': {
      const cfdiUse = text.toUpperCase();
      return Object.hasOwn(cfdiUses, cfdiUse) ? { dialog: next(step, { ...draft, cfdiUse }) } : null;
    }
    case 'email': {
      const email = z.email().max(254).safeParse(text.toLowerCase());
      return email.success ? { dialog: next(step, { ...draft, email: email.data }) } : null;
    }
    case 'confirm':
      return null;
  }
}

/** In Mexico a name with the kind of company at its end is asked about. */
function takeName(draft: FiscalDraft, text: string): Taken | null {
  if (!/\p{L}/u.test(text) || text.length > maxNameLength) return null;
  const named = { ...draft, name: draft.country === 'MX' ? text.toUpperCase() : text };
  const isAsked = draft.country === 'MX' && withoutCompanyKind(text) !== null;
  return { dialog: isAsked ? { kind: 'fiscal', step: 'companyKind', draft: named } : next('name', named) };
}

export function next(step: FiscalStep, draft: FiscalDraft): FiscalDialog {
  return { kind: 'fiscal', step: stepAfter(step, draft.country), draft };
}
