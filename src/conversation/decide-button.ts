import { FieldName } from '../domain/document.ts';
import { Language } from '../domain/language.ts';
import { parseCommand } from './command.ts';
import { decideCommand } from './decide-command.ts';
import { type Decision, does, Effect, type Moment, PortalValueName, type State, says, TicketId } from './decision.ts';
import { startFiscal, takeFiscalButton } from './fiscal/decide-fiscal.ts';
import { askForValue } from './fix/decide-fix.ts';
import { confirmErase } from './own/decide-erase.ts';
import { askPortalValue } from './portal/portal-value.ts';
import { conversationTexts } from './texts/texts.ts';

/**
 * What a button brings about. Its data is what we once sent, but also what anybody may send:
 *
 * | data              | does                                             |
 * |-------------------|--------------------------------------------------|
 * | `cmd:WORD[:REST]` | the command, as if typed                         |
 * | `cmd:confirm:ID`  | takes the doubtful values of a ticket as right   |
 * | `cmd:retry:ID`    | reads a failed document again                    |
 * | `cmd:invoice:ID`  | gets the invoice from the merchant’s portal      |
 * | `por:ID:NAME`     | asks for a value that the portal wants           |
 * | `fld:ID:FIELD`    | asks for the value of a field                    |
 * | `inv:PAGE`        | older receipts and invoices                      |
 * | `exp:FORMAT:MONTH`| a month’s documents as a file                     |
 * | `fis:start`       | asks for the fiscal data                         |
 * | `fis:VALUE`       | answers a question of that dialog                |
 * | `mer:ID:PLACE`    | takes one of the merchants that it may be        |
 * | `own:erase`       | confirms, for the first and the second time      |
 * | `lang:CODE`       | sets the language                                |
 */
export function decideButton(state: State, data: string, moment: Moment): Decision {
  const [head = '', first = '', second = ''] = data.slice(0, 64).split(':');
  const field = FieldName.safeParse(second);
  if (head === 'fld' && field.success && TicketId.safeParse(first).success) {
    return askForValue(state, first, field.data, moment);
  }
  const value = PortalValueName.safeParse(second);
  if (head === 'por' && value.success && TicketId.safeParse(first).success)
    return askPortalValue(state, first, value.data, moment);
  if (head === 'fis' && first === 'start') return startFiscal(state, moment);
  if (head === 'fis' && state.dialog?.kind === 'fiscal') return takeFiscalButton(state, state.dialog, first, moment);
  if (head === 'own' && first === 'erase' && state.dialog?.kind === 'erase')
    return confirmErase(state, state.dialog.confirmed, moment);
  const effect = Effect.safeParse(effectOf(head, first, second));
  if (effect.success) return does({ ...state, dialog: null, dialogAt: null }, effect.data);
  const command = head === 'cmd' ? parseCommand(`/${first} ${second}`) : null;
  if (command) return decideCommand(state, command, moment);
  return says(state, { text: conversationTexts[moment.language].oldButton });
}

/** Not yet checked: the parts are what a button's data says. */
function effectOf(head: string, first: string, second: string): unknown {
  if (head === 'inv') return { do: 'show-invoices', page: /^\d{1,4}$/.test(first) ? Number(first) : -1 };
  if (head === 'exp') return { do: 'export-month', format: first, month: second };
  if (head === 'mer')
    return { do: 'choose-merchant', ticketId: first, place: /^\d$/.test(second) ? Number(second) : -1 };
  if (head === 'lang') return { do: 'set-language', language: Language.safeParse(first).data };
  if (head === 'cmd' && first === 'confirm') return { do: 'confirm', ticketId: second };
  if (head === 'cmd' && first === 'invoice') return { do: 'get-invoice', ticketId: second };
  if (head === 'cmd' && first === 'retry') return { do: 'read-again', ticketId: second };
  return null;
}
