import { showLinkCode } from '../domain/link-code.ts';
import type { FiscalProfiles } from '../store/fiscal-profiles.ts';
import type { Asker } from './asker.ts';
import type { Reply } from './conversation.ts';
import type { Effect } from './decision.ts';
import { showExpenses } from './expenses/show-expenses.ts';
import { exportMonth } from './export/export-month.ts';
import { saveFiscal, showFiscal } from './fiscal/show-fiscal.ts';
import { chooseNamed } from './fix/choose-named.ts';
import { type CorrectDeps, chooseMerchant, confirmTicket, correctField } from './fix/correct.ts';
import { readAgain } from './fix/read-again.ts';
import { chooseField, chooseTicket } from './fix/show-fixable.ts';
import { type LinkMailboxDeps, leaveMailboxes, linkMailbox } from './link-mailbox.ts';
import { eraseOwn } from './own/erase-own.ts';
import { exportOwn, type OwnDeps } from './own/export-own.ts';
import { refusal } from './permissions.ts';
import { type GetInvoiceDeps, getInvoice, givePortalValue } from './portal/get-invoice.ts';
import { type RedeemCodeDeps, redeemCode } from './redeem-code.ts';
import { showInvoices } from './show-invoices.ts';
import { showStatus } from './show-status.ts';
import { conversationTexts } from './texts/texts.ts';

export interface EffectDeps extends CorrectDeps, GetInvoiceDeps, RedeemCodeDeps, LinkMailboxDeps, OwnDeps {
  fiscalProfiles: FiscalProfiles;
}

/** Carries out what was decided and says what came of it. */
export function createPerform(deps: EffectDeps) {
  const { people, linkCodes, tickets } = deps;
  return async function perform(asker: Asker, effect: Effect): Promise<Reply[]> {
    const { person, language, said } = asker;
    const refused = refusal(effect.do, person, said);
    if (refused) return [{ text: conversationTexts[language][refused] }];
    switch (effect.do) {
      case 'show-status':
        return showStatus(tickets, asker);
      case 'show-invoices':
        return showInvoices(tickets, asker, effect.page);
      case 'show-expenses':
        return showExpenses(tickets, asker, effect.month);
      case 'export-month':
        return exportMonth(tickets, asker, effect);
      case 'choose-ticket':
        return chooseTicket(tickets, asker);
      case 'choose-named':
        return chooseNamed(tickets, asker, effect.words);
      case 'choose-merchant':
        return chooseMerchant(deps, asker, effect.ticketId, effect.place);
      case 'choose-field':
        return chooseField(tickets, asker, effect.ticketId);
      case 'correct':
        return correctField(deps, asker, effect);
      case 'confirm':
        return confirmTicket(deps, asker, effect.ticketId);
      case 'read-again':
        return readAgain(deps, asker, effect.ticketId);
      case 'get-invoice':
        return getInvoice(deps, asker, effect.ticketId);
      case 'give-portal-value':
        return givePortalValue(deps, asker, effect);
      case 'show-fiscal':
        return showFiscal(deps.fiscalProfiles, asker);
      case 'save-fiscal':
        return saveFiscal(deps.fiscalProfiles, asker, effect.profile);
      case 'link-mailbox':
        return linkMailbox(deps, asker);
      case 'leave-mailboxes':
        return leaveMailboxes(deps, asker);
      case 'make-link-code': {
        const { companyId, roles, id: personId } = person;
        const { code } = await linkCodes.make({ companyId, roles, personId });
        return [{ text: conversationTexts[language].linkCode(showLinkCode(code)) }];
      }
      case 'redeem-code':
        return redeemCode(deps, asker, effect.code);
      case 'export-own':
        return exportOwn(deps, asker);
      case 'erase-own':
        return eraseOwn(deps, asker);
      case 'set-language':
        await people.setLanguage(person.companyId, person.id, effect.language);
        return [{ text: conversationTexts[effect.language].languageSet }];
    }
  };
}
