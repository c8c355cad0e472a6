import { z } from 'zod';
import { FieldName } from '../domain/document.ts';
import { FiscalProfile } from '../domain/fiscal-profile.ts';
import { Language } from '../domain/language.ts';
import type { Reply } from './conversation.ts';
import { FiscalDialog } from './fiscal/fiscal-dialog.ts';

/** As it comes back in a button; ids are of hex digits, tests have UUIDs. */
export const TicketId = z.string().regex(/^[0-9a-f-]{32,36}$/);

/** As recipes name what a portal wants. */
export const PortalValueName = z.string().regex(/^[a-zA-Z]\w{0,22}$/);

/** A dialog of several steps that a person is in the middle of. */
export const Dialog = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('fix'), ticketId: TicketId, field: FieldName }),
  FiscalDialog,
  /** A value that a merchant's portal wants and the ticket did not give. */
  z.object({ kind: z.literal('portal'), ticketId: TicketId, name: PortalValueName }),
  /** Somebody who wants to be forgotten, and how often they have confirmed it. */
  z.object({ kind: z.literal('erase'), confirmed: z.int().min(0).max(1) }),
]);
export type Dialog = z.infer<typeof Dialog>;

/** `2026-03` */
const Month = z.string().regex(/^\d{4}-\d{2}$/);

/** What has to be looked up or changed for an answer. Each may happen twice without harm: a process may die in between. */
export const Effect = z.discriminatedUnion('do', [
  z.object({ do: z.literal('show-status') }),
  z.object({ do: z.literal('show-invoices'), page: z.int().min(0).max(1000) }),
  z.object({ do: z.literal('show-expenses'), month: Month }),
  z.object({ do: z.literal('export-month'), month: Month, format: z.enum(['csv', 'xlsx']) }),
  z.object({ do: z.literal('choose-ticket') }),
  z.object({ do: z.literal('choose-named'), words: z.string().max(200) }),
  z.object({ do: z.literal('choose-field'), ticketId: TicketId }),
  z.object({ do: z.literal('choose-merchant'), ticketId: TicketId, place: z.int().min(0).max(9) }),
  z.object({ do: z.literal('correct'), ticketId: TicketId, field: FieldName, value: z.string() }),
  z.object({ do: z.literal('confirm'), ticketId: TicketId }),
  z.object({ do: z.literal('read-again'), ticketId: TicketId }),
  z.object({ do: z.literal('get-invoice'), ticketId: TicketId }),
  z.object({ do: z.literal('give-portal-value'), ticketId: TicketId, name: PortalValueName, value: z.string() }),
  z.object({ do: z.literal('show-fiscal') }),
  z.object({ do: z.literal('save-fiscal'), profile: FiscalProfile }),
  z.object({ do: z.literal('link-mailbox') }),
  z.object({ do: z.literal('leave-mailboxes') }),
  z.object({ do: z.literal('make-link-code') }),
  z.object({ do: z.literal('redeem-code'), code: z.string() }),
  z.object({ do: z.literal('export-own') }),
  z.object({ do: z.literal('erase-own') }),
  z.object({ do: z.literal('set-language'), language: Language }),
]);
export type Effect = z.infer<typeof Effect>;

/** What is remembered of a person in a chat between two messages. */
export const State = z.object({
  dialog: Dialog.nullable(),
  /** When the dialog was last spoken to. */
  dialogAt: z.date().nullable(),
  /** When they were last told that a text was not understood. */
  hintedAt: z.date().nullable(),
});
export type State = z.infer<typeof State>;

export const freshState: State = { dialog: null, dialogAt: null, hintedAt: null };

export interface Moment {
  language: Language;
  now: Date;
  /** In a chat without buttons: the data of the button whose number was typed. */
  picked?: string | null;
  /** The document whose message is replied to. */
  aboutTicketId?: string | undefined;
}

export interface Decision {
  state: State;
  replies: Reply[];
  effects: Effect[];
}

export function says(state: State, reply: Reply): Decision {
  return { state, replies: [reply], effects: [] };
}

export function does(state: State, effect: Effect): Decision {
  return { state, replies: [], effects: [effect] };
}
