import { ownEn } from './own.ts';
import { portalEn } from './portal.ts';
import type { ConversationTexts } from './texts.ts';

export const en: ConversationTexts = {
  itself: 'English',
  help: `Hello! I am Recibot. Send me the photo of a receipt (or a PDF, an XML invoice or a payment proof) and I give you its data back, neat and complete.

For the best result: the whole receipt, flat and in good light. Sent as a file it reads even better.

/status – how your documents are doing
/invoices – the latest, with date and total
/expenses – what the month cost, with a chart (also: expenses march)
/export – the documents of a month, as Excel or CSV
/fix – change a value that I misread
/data – the fiscal data for your invoices
/link – use Recibot from another chat
/language – Spanish, English or Portuguese
/help – this message`,
  hint: 'I did not understand. Send me the photo of a receipt, or write /help.',
  thanks: 'You are welcome! I am here when you need me.',
  hello: 'Hi! Send me a receipt and I give you its data back. Or what would you like to see?',
  onlyInPrivate: 'That is personal: write to me in private and I tell you.',
  notYours: 'Only whoever administers Recibot in your company can do that.',
  oldButton: 'That button is no longer good. Write /help to see what I can do.',
  nothingToCancel: 'There is nothing to cancel.',
  stranger:
    'Hello! I am Recibot. To serve you I need an access code: ask whoever administers Recibot in your company for one and send it to me here.',
  linked: 'Done! You are in.',
  alreadyLinked: 'This chat is linked already; no code is needed.',
  roleGiven: (roles) => `Done: you are now also ${roles}.`,
  roles: { owner: 'owner', member: 'member', reviewer: 'reviewer', operator: 'operator' },
  tooManyMessages: 'Your messages come very fast. Wait a minute and we go on.',
  wrongCode: 'That code is not good: it may be used up or expired. Ask for a new one and send it to me.',
  tooManyCodes: 'Too many tries. Wait an hour and ask for a new code.',
  linkCode: (code) =>
    `To use Recibot from another chat too, send this code there:\n\n${code}\n\nIt is good for 15 minutes and once. Do not share it: whoever uses it comes in as you.`,
  whichLanguage: 'Which language shall I write in?',
  languageSet: 'All right, I write in English.',
  whichMonth: 'I do not know that month. Write it like this: 2026-03, march or march 2026.',
  buttons: {
    status: 'Status',
    invoices: 'Invoices',
    expenses: 'Expenses',
    language: 'Language',
    exportMonth: 'Export',
    cancel: 'Cancel',
  },
  cancelled: 'Cancelled. I changed nothing.',
  own: ownEn,
  portal: portalEn,
  numbered: {
    pick: (last) => (last === 1 ? 'Answer 1 to choose it.' : `Answer with a number, 1 to ${last}.`),
    toCancel: 'To leave it, write “cancel”.',
  },
  fiscal: {
    title: 'Fiscal data:',
    none: 'I do not have the fiscal data for your invoices yet. It is six short questions.',
    notYours: 'The fiscal data are set by whoever administers Recibot in your company.',
    begin: 'Begin',
    change: '✏️ Change',
    saved: 'Kept. Your invoices will be made out with these data.',
    right: '✅ Keep',
    again: '✏️ Start over',
    keep: 'Leave it as I wrote it',
    strip: (name) => `Use “${name}”`,
    checkDigit:
      '⚠️ The check digit of that RFC is not right. Compare it with your Constancia; if it is the same, go on.',
    labels: {
      taxId: 'Tax id',
      name: 'Name',
      regime: 'Fiscal regime',
      postalCode: 'Postal code',
      cfdiUse: 'Use of the CFDI',
      email: 'E-mail',
    },
    ask: {
      taxId: 'What is the RFC? (or NIT, RIF, RUC, RUT, CUIT)',
      name: 'Name or company name? Exactly as on the Constancia de Situación Fiscal.',
      companyKind: 'On the Constancia the name goes without the kind of company (“SA DE CV”). Which one shall I use?',
      regime: 'Which fiscal regime? Choose it or write its code.',
      postalCode: 'Postal code of the fiscal address? (5 digits)',
      cfdiUse: 'Which use of the CFDI? Choose it or write its code. The most common: G03.',
      email: 'Which e-mail address do the invoices go to?',
      confirm: 'Is everything right?',
    },
    wrong: {
      taxId: 'That does not have the form of an RFC, nor of another tax id that I know.',
      name: 'That does not look like a name.',
      companyKind: 'That does not look like a name.',
      regime: 'That is not the code of a regime for that RFC.',
      postalCode: 'The postal code has 5 digits.',
      cfdiUse: 'That is not the code of a use of the CFDI.',
      email: 'That does not look like an e-mail address.',
      confirm: 'Use the buttons, or write /cancel.',
    },
  },
  fix: {
    whichTicket: 'Which one shall we correct?',
    whichField: 'Which value shall we correct?',
    confirm: '✅ It is right',
    another: '✏️ Correct another',
    notFound: 'I did not find that document.',
    notNamed: (words) => `I found no document “${words}”.`,
    notNow: 'That document cannot be corrected now.',
    nothingToRepeat: 'That document does not need to be read again.',
    again: 'I am reading it again.',
    confirmed: 'Thank you, I take it as right.',
    corrected: (shown) => `Corrected. ${shown}`,
    askValue: (field, format) => `${field}: write the right value (${format}).`,
    wrongValue: (field, format) => `That does not look right for “${field}”. Write it like this: ${format}.`,
    formats: {
      amount: 'for example 1234.50',
      day: 'for example 19/03/2026, day first',
      time: 'for example 18:05',
      currency: 'three letters, for example MXN',
      'payment-method': 'cash, card, credit, debit or transfer',
      identifier: 'letters and digits, no blanks',
      digits: 'digits only',
      words: 'as it is on the document',
    },
  },
  status: {
    none: 'You have no documents yet. Send me the photo of a receipt to begin.',
    underWay: 'Under way:',
    latest: 'Latest:',
  },
  invoices: { title: 'Your receipts and invoices:', older: 'Older ▶', noOlder: 'There are no older ones.' },
  exported: {
    whichFormat: 'Which format would you like?',
    title: (month, count) => `Documents of ${month}: ${count}.`,
    none: (month) => `There are no documents of ${month}.`,
    cut: (count) => `These are the first ${count}; there are more.`,
    kind: 'Kind',
    stage: 'Status',
    file: 'File',
  },
  expenses: {
    title: (month) => `Expenses of ${month}`,
    none: (month) => `There are no expenses on record in ${month}.`,
    documentsOf: (count) => (count === 1 ? '1 document' : `${count} documents`),
    others: (count) => `${count} other merchants`,
    unreviewed: (count) =>
      count === 1
        ? '1 document is still to be reviewed and not in the sum.'
        : `${count} documents are still to be reviewed and not in the sums.`,
    cut: 'These are too many documents to add up here: some are missing. Use /export.',
  },
  stages: {
    UPLOADED: 'received',
    OCR_PROCESSING: 'being read',
    MERCHANT_CLASSIFICATION: 'looking for the merchant',
    FIELD_EXTRACTION: 'taking the data out',
    AUTOMATION_QUEUE: 'waiting to be invoiced',
    WEB_AUTOMATION: 'being invoiced',
    COMPLIANCE: 'checking the invoice',
    COMPLETED: 'done',
    HUMAN_REVIEW: 'to be reviewed',
    FAILED: 'failed',
    DUPLICATE: 'seen before',
  },
};
