import { Language } from '../domain/language.ts';
import { linkCodeIn } from '../domain/link-code.ts';
import type { Command } from './command.ts';
import type { Button } from './conversation.ts';
import { type Decision, does, type Moment, type State, says, TicketId } from './decision.ts';
import { decideAbout } from './fix/decide-about.ts';
import { namedField } from './fix/field-words.ts';
import { mailboxEffect } from './link-mailbox.ts';
import { monthIn } from './month.ts';
import { askToErase } from './own/decide-erase.ts';
import { conversationTexts } from './texts/texts.ts';

/** What a command brings about. It ends the dialog that the person was in. */
export function decideCommand(before: State, { name, rest }: Command, moment: Moment): Decision {
  const words = conversationTexts[moment.language];
  const state: State = { ...before, dialog: null, dialogAt: null };
  switch (name) {
    case 'start':
    case 'help': {
      const code = linkCodeIn(rest);
      if (code) return does(state, { do: 'redeem-code', code });
      return says(state, { text: words.help, buttons: helpButtons(moment.language) });
    }
    case 'status':
      return does(state, { do: 'show-status' });
    case 'invoices':
      return does(state, { do: 'show-invoices', page: 0 });
    case 'expenses':
      return ofMonth(state, rest, moment, (month) => does(state, { do: 'show-expenses', month }));
    case 'export':
      return exportOf(state, rest, moment);
    case 'fix':
      return fix(state, rest, moment);
    case 'link':
      return link(state, rest);
    case 'language':
      return chooseLanguage(state, rest, moment);
    case 'cancel':
      return says(state, { text: before.dialog ? words.cancelled : words.nothingToCancel });
    case 'data':
      return does(state, { do: 'show-fiscal' });
    case 'getInvoice':
      return moment.aboutTicketId
        ? does(state, { do: 'get-invoice', ticketId: moment.aboutTicketId })
        : says(state, { text: words.portal.whichReceipt });
    case 'exportOwn':
      return does(state, { do: 'export-own' });
    case 'eraseOwn':
      return askToErase(state, 0, moment);
  }
}

function link(state: State, rest: string): Decision {
  const mailbox = mailboxEffect(rest);
  if (mailbox) return does(state, mailbox);
  const code = linkCodeIn(rest);
  return does(state, code ? { do: 'redeem-code', code } : { do: 'make-link-code' });
}

/** `corregir` in reply to a document's message, with its name, or with what is wrong; else the last ones to choose from. */
function fix(state: State, rest: string, moment: Moment): Decision {
  const ticketId = TicketId.safeParse(rest);
  if (ticketId.success) return does(state, { do: 'choose-field', ticketId: ticketId.data });
  if (moment.aboutTicketId) return decideAbout(state, moment.aboutTicketId, rest, moment);
  const isName = rest !== '' && !namedField(rest);
  return does(state, isName ? { do: 'choose-named', words: rest } : { do: 'choose-ticket' });
}

function ofMonth(state: State, text: string, moment: Moment, then: (month: string) => Decision): Decision {
  const month = monthIn(text, moment.now);
  return month ? then(month) : says(state, { text: conversationTexts[moment.language].whichMonth });
}

const formatWords: Readonly<Record<string, 'csv' | 'xlsx'>> = { csv: 'csv', xlsx: 'xlsx', excel: 'xlsx' };

/** `exportar`, `exportar marzo`, `exportar marzo csv`: asks for what was not said. */
function exportOf(state: State, rest: string, moment: Moment): Decision {
  const said = rest.split(' ');
  const format = said.map((word) => formatWords[word.toLowerCase()]).find(Boolean);
  const monthText = said.filter((word) => !formatWords[word.toLowerCase()]).join(' ');
  return ofMonth(state, monthText, moment, (month) => {
    if (format) return does(state, { do: 'export-month', month, format });
    const { exported } = conversationTexts[moment.language];
    const choices: Button[] = [
      { label: 'Excel', data: `exp:xlsx:${month}` },
      { label: 'CSV', data: `exp:csv:${month}` },
    ];
    return says(state, { text: exported.whichFormat, buttons: [choices] });
  });
}

function chooseLanguage(state: State, rest: string, { language }: Moment): Decision {
  const asked = Language.safeParse(rest.slice(0, 2).toLowerCase());
  if (asked.success) return does(state, { do: 'set-language', language: asked.data });
  const choices = Language.options.map((code): Button => {
    return { label: conversationTexts[code].itself, data: `lang:${code}` };
  });
  return says(state, { text: conversationTexts[language].whichLanguage, buttons: [choices] });
}

export function helpButtons(language: Language): Button[][] {
  const { buttons } = conversationTexts[language];
  const rows = [
    ['status', 'invoices'],
    ['expenses', 'language'],
  ] as const;
  return rows.map((row) => row.map((name) => ({ label: buttons[name], data: `cmd:${name}` })));
}
