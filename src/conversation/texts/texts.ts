import type { Language } from '../../domain/language.ts';
import type { PersonRole } from '../../domain/person.ts';
import type { Stage } from '../../domain/stage.ts';
import type { FiscalStep } from '../fiscal/fiscal-dialog.ts';
import type { FieldFormat } from '../fix/typed-value.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import type { OwnTexts } from './own.ts';
import type { PortalTalk } from './portal.ts';
import { pt } from './pt.ts';

/** Everything the conversation says by itself, once per language; what tickets say is the notifier's. */
export interface ConversationTexts {
  /** The language's name in itself. */
  itself: string;
  help: string;
  hint: string;
  thanks: string;
  hello: string;
  /** In a group: what is told nobody there. */
  onlyInPrivate: string;
  notYours: string;
  oldButton: string;
  nothingToCancel: string;
  stranger: string;
  linked: string;
  alreadyLinked: string;
  wrongCode: string;
  roleGiven: (roles: string) => string;
  roles: Record<PersonRole, string>;
  tooManyMessages: string;
  tooManyCodes: string;
  /** Takes the code as people read it. */
  linkCode: (code: string) => string;
  whichLanguage: string;
  languageSet: string;
  whichMonth: string;
  cancelled: string;
  buttons: Record<'status' | 'invoices' | 'expenses' | 'language' | 'exportMonth' | 'cancel', string>;
  /** Under a menu in a chat without buttons. */
  numbered: { pick: (last: number) => string; toCancel: string };
  own: OwnTexts;
  portal: PortalTalk;
  fix: FixTexts;
  fiscal: FiscalTexts;
  status: { none: string; underWay: string; latest: string };
  invoices: { title: string; older: string; noOlder: string };
  exported: {
    whichFormat: string;
    title: (month: string, count: number) => string;
    none: (month: string) => string;
    cut: (count: number) => string;
    kind: string;
    stage: string;
    file: string;
  };
  expenses: {
    title: (month: string) => string;
    none: (month: string) => string;
    documentsOf: (count: number) => string;
    others: (count: number) => string;
    unreviewed: (count: number) => string;
    cut: string;
  };
  stages: Record<Stage, string>;
}

/** What is said about a company's fiscal data. */
export interface FiscalTexts {
  title: string;
  none: string;
  notYours: string;
  begin: string;
  change: string;
  saved: string;
  right: string;
  again: string;
  keep: string;
  strip: (name: string) => string;
  checkDigit: string;
  labels: Record<'taxId' | 'name' | 'regime' | 'postalCode' | 'cfdiUse' | 'email', string>;
  ask: Record<FiscalStep, string>;
  wrong: Record<FiscalStep, string>;
}

/** What is said while a person corrects a document. */
export interface FixTexts {
  whichTicket: string;
  whichField: string;
  confirm: string;
  another: string;
  notFound: string;
  /** Takes what was typed. */
  notNamed: (words: string) => string;
  notNow: string;
  nothingToRepeat: string;
  again: string;
  confirmed: string;
  corrected: (shown: string) => string;
  askValue: (field: string, format: string) => string;
  wrongValue: (field: string, format: string) => string;
  formats: Record<FieldFormat, string>;
}

export const conversationTexts: Record<Language, ConversationTexts> = { es, en, pt };
