import type { Texts } from '../../../src/notifier/texts/texts.ts';
import type { StepName } from '../chat/steps.ts';

/** Everything the page itself says; what Recibot answers comes from the notifier's texts. */
export interface Words {
  appTagline: string;
  skipToChat: string;
  navigation: { label: string; chat: string };
  language: { label: string };
  scheme: { label: string; auto: string; light: string; dark: string };
  connection: { online: string; lost: string; offline: string; connecting: string };
  composer: Record<'hint' | 'message' | 'send' | 'attach' | 'camera' | 'dropHere' | 'dropKinds', string>;
  empty: {
    title: string;
    lead: string;
    points: readonly [string, string, string];
    samples: string;
    privacy: string;
    ticket: string;
    payment: string;
    boleta: string;
  };
  sending: { queued: string; progress: (percent: number) => string; again: string; retry: string; discard: string };
  steps: Record<StepName, string>;
  working: Record<StepName, string>;
  status: { done: string; review: string; failed: string; duplicate: string };
  card: {
    merchantUnknown: string;
    inSeconds: (seconds: string) => string;
    confident: string;
    doubtful: string;
    byPerson: string;
    why: string;
    reviewNote: string;
    whatToDo: string;
    retry: string;
    confirm: string;
    correct: string;
    invoice: string;
    another: string;
    goToFirst: string;
    duplicateNote: string;
    duplicateElsewhere: string;
    copy: string;
    copied: string;
    original: string;
    noPreview: string;
    zoom: string;
    zoomIn: string;
    zoomOut: string;
    close: string;
    image: (name: string) => string;
    details: string;
  };
  you: string;
  writing: string;
  today: string;
  yesterday: string;
  notSent: string;
  /** Amounts, dates, field names, kinds, reasons and failures as the bot says them. */
  texts: Texts;
}
