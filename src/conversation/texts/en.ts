import type { ConversationTexts } from './texts.ts';

export const en: ConversationTexts = {
  itself: 'English',
  help: `Hello! I am Recibot. Send me the photo of a receipt (or a PDF, an XML invoice or a payment proof) and I give you its data back, neat and complete.

For the best result: the whole receipt, flat and in good light. Sent as a file it reads even better.

/status – how your documents are doing
/link – use Recibot from another chat
/language – Spanish or English
/help – this message`,
  hint: 'I did not understand. Send me the photo of a receipt, or write /help.',
  notYet: 'I cannot do that yet. Write /help to see what I can.',
  oldButton: 'That button is no longer good. Write /help to see what I can do.',
  nothingToCancel: 'There is nothing to cancel.',
  stranger:
    'Hello! I am Recibot. To serve you I need an access code: ask whoever administers Recibot in your company for one and send it to me here.',
  linked: 'Done! You are in.',
  welcome: 'Welcome!',
  alreadyLinked: 'This chat is linked already; no code is needed.',
  wrongCode: 'That code is not good: it may be used up or expired. Ask for a new one and send it to me.',
  tooManyCodes: 'Too many tries. Wait an hour and ask for a new code.',
  linkCode: (code) =>
    `To use Recibot from another chat too, send this code there:\n\n${code}\n\nIt is good for 15 minutes and once. Do not share it: whoever uses it comes in as you.`,
  whichLanguage: 'Which language shall I write in?',
  languageSet: 'All right, I write in English.',
  buttons: { status: 'Status', language: 'Language' },
  status: {
    none: 'You have no documents yet. Send me the photo of a receipt to begin.',
    underWay: 'Under way:',
    latest: 'Latest:',
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
