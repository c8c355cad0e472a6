import { randomUUID } from 'node:crypto';
import type { TestContext } from 'node:test';
import type { Connection } from 'mongoose';
import type { Said } from '../../src/conversation/conversation.ts';
import { createConversation } from '../../src/conversation/create-conversation.ts';
import type { Clock } from '../../src/domain/clock.ts';
import { type FieldName, Fields } from '../../src/domain/document.ts';
import { createAllowances } from '../../src/store/allowances.ts';
import { createConversations } from '../../src/store/conversations.ts';
import { createFiles, type Files } from '../../src/store/files.ts';
import { createFiscalProfiles } from '../../src/store/fiscal-profiles.ts';
import { createLinkCodes } from '../../src/store/link-codes.ts';
import { createMenus } from '../../src/store/menus.ts';
import { createOwnData } from '../../src/store/own/own-data.ts';
import { createPeople } from '../../src/store/people.ts';
import { createPortalQuestions } from '../../src/store/portal-questions.ts';
import { createPortalRuns } from '../../src/store/portal-runs.ts';
import { createReadings, type Readings } from '../../src/store/readings.ts';
import { createTickets, type Tickets } from '../../src/store/tickets.ts';
import { manualClock } from './manual-clock.ts';
import { aStore } from './store.ts';

export interface ConversationOptions {
  openCompanyId?: string;
}

/** The conversation on a database of the test's own, at a time that stands still. */
export async function aConversation(t: TestContext, options: ConversationOptions = {}) {
  const { connection } = await aStore(t);
  const clock = manualClock();
  const tickets = await createTickets(connection, clock, () => null);
  const files = await createFiles(connection);
  const on = { connection, clock, tickets, files, readings: createReadings(connection) };
  return { connection, clock, ...(await aConversationOn(on, options)) };
}

export interface ConversationGround {
  connection: Connection;
  clock: Clock;
  tickets: Tickets;
  files: Files;
  readings: Readings;
}

/** The conversation on what a test has already. */
export async function aConversationOn(
  { connection, clock, tickets, files, readings }: ConversationGround,
  { openCompanyId }: ConversationOptions = {},
) {
  const people = await createPeople(connection, clock);
  const linkCodes = await createLinkCodes(connection, clock);
  const allowances = await createAllowances(connection, clock);
  const conversations = await createConversations(connection, clock);
  const menus = await createMenus(connection, clock);
  const flushed: string[] = [];
  const flush = async (ticketId: string) => void flushed.push(ticketId);
  const fiscalProfiles = createFiscalProfiles(connection, clock);
  const own = createOwnData(connection, files);
  const stored = {
    ...{ own, files, readings },
    flush,
    fiscalProfiles,
    people,
    linkCodes,
    tickets,
    allowances,
    conversations,
    menus,
    portalRuns: createPortalRuns(connection, clock),
    portalQuestions: createPortalQuestions(connection),
  };
  const openCompanyOf = () => openCompanyId ?? null;
  const conversation = createConversation({ ...stored, clock, language: 'es', openCompanyOf });
  return { ...stored, flushed, conversation };
}

/** A sender who is linked already, and a way to say things as them that gives the texts back. */
export async function aLinkedPerson(
  t: TestContext,
  { role = 'owner', sender = 'ana' }: { role?: 'owner' | 'member'; sender?: string } = {},
) {
  const world = await aConversation(t);
  const identity = { channel: 'telegram', account: 'bot', sender };
  const person = await world.people.join({ companyId: 'acme', roles: [role], name: 'Ana', identity });
  const chat = { sender, chat: sender };
  const aSaidHere = (text: string) => aSaid(text, chat);
  const say = (text: string) => world.conversation.handle(aSaidHere(text));
  const press = (data: string) => world.conversation.handle(aSaid('', { ...chat, what: { kind: 'button', data } }));
  return { ...world, person, aSaidHere, say, press };
}

/** Fields as they are when they were surely read. */
export function fieldsOf(values: Partial<Record<FieldName, string>>): Fields {
  const sure = { confidence: 0.99, box: null, source: 'ocr/label' };
  return Fields.parse(Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, ...sure }])));
}

/** Somebody's words in the bot's private chat. */
export function aSaid(text: string, changes: Partial<Said> = {}): Said {
  const who = { channel: 'telegram', account: 'bot', chat: 'ana', sender: 'ana', senderName: 'Ana', language: null };
  return { ...who, id: randomUUID(), what: { kind: 'text', text }, ...changes };
}
