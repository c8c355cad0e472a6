import type { Language } from '../../domain/language.ts';
import type { Stage } from '../../domain/stage.ts';
import { en } from './en.ts';
import { es } from './es.ts';

/** Everything the conversation says by itself, once per language; what tickets say is the notifier's. */
export interface ConversationTexts {
  /** The language's name in itself. */
  itself: string;
  help: string;
  hint: string;
  notYet: string;
  oldButton: string;
  nothingToCancel: string;
  stranger: string;
  linked: string;
  welcome: string;
  alreadyLinked: string;
  wrongCode: string;
  tooManyCodes: string;
  /** Takes the code as people read it. */
  linkCode: (code: string) => string;
  whichLanguage: string;
  languageSet: string;
  whichMonth: string;
  buttons: { status: string; invoices: string; expenses: string; language: string; exportMonth: string };
  status: { none: string; underWay: string; latest: string };
  invoices: { title: string; older: string; noOlder: string };
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

export const conversationTexts: Record<Language, ConversationTexts> = { es, en };
