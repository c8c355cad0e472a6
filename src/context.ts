import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import type { Config } from '../config/env.ts';
import { type BackOffice, openBackOffice } from './back-office.ts';
import type { Bus } from './bus/bus.ts';
import { createEmbeddedBus } from './bus/embedded/embedded-bus.ts';
import { createRabbitBus } from './bus/rabbitmq/rabbit-bus.ts';
import type { Intake } from './channels/channel.ts';
import type { GmailDeps } from './channels/gmail/gmail.ts';
import { openMailboxes } from './channels/gmail/open-mailboxes.ts';
import type { WhatsAppParts } from './channels/whatsapp/whatsapp.ts';
import type { Conversation } from './conversation/conversation.ts';
import { createConversation } from './conversation/create-conversation.ts';
import type { OwnDeps } from './conversation/own/export-own.ts';
import { createLog } from './create-log.ts';
import type { Clock } from './domain/clock.ts';
import type { Classification } from './domain/document.ts';
import type { Reading } from './domain/reading.ts';
import { alsoFeeds, route } from './flow.ts';
import { createIntelligenceClient } from './intelligence/client.ts';
import { createRemoteRecogniser } from './intelligence/remote-recogniser.ts';
import type { Forgetful } from './jobs/forget.ts';
import { openReading } from './open-reading.ts';
import { openUnderstanding } from './open-understanding.ts';
import { openWhatsApp } from './open-whatsapp.ts';
import { forgetfulOf, noticing, type Operations, openOperations } from './operations.ts';
import { createIntake } from './pipeline/intake.ts';
import { latestDate } from './pipeline/latest-date.ts';
import type { Learning } from './pipeline/learning.ts';
import type { LiveUnderstanding } from './pipeline/live-understanding.ts';
import { createAttentiveReader } from './pipeline/look-again.ts';
import { createOutbox, type Outbox } from './pipeline/outbox.ts';
import { createPreviewer, type Previewer } from './pipeline/preview/preview.ts';
import { identifyFile } from './pipeline/read/identify-file.ts';
import type { Reader } from './pipeline/read/reader.ts';
import { createAskPerson } from './portals/ask-person.ts';
import { createPortals, type Portals } from './portals/portals.ts';
import { createPublicAddress, type PublicAddress } from './public-address.ts';
import { keptKey } from './secrets/kept-key.ts';
import { createSecrets, type Secrets } from './secrets/secrets.ts';
import { type Allowances, createAllowances } from './store/allowances.ts';
import { type ChannelUpdates, createChannelUpdates } from './store/channel-updates.ts';
import { type ChatCards, createChatCards } from './store/chat-cards.ts';
import { type ChatMessages, createChatMessages } from './store/chat-messages.ts';
import { type Companies, createCompanies } from './store/companies.ts';
import { connectStore, type Store } from './store/connect.ts';
import { type Conversations, createConversations } from './store/conversations.ts';
import { createFiles, type Files } from './store/files.ts';
import { createFiscalProfiles, type FiscalProfiles } from './store/fiscal-profiles.ts';
import type { Lessons } from './store/lessons.ts';
import { createLinkCodes, type LinkCodes } from './store/link-codes.ts';
import { createMailboxLinks } from './store/mailbox-links.ts';
import { createMailboxMessages } from './store/mailbox-messages.ts';
import { createMailboxes } from './store/mailboxes.ts';
import { createMenus, type Menus } from './store/menus.ts';
import { createOwnData, type OwnData } from './store/own/own-data.ts';
import { createPeople, type People } from './store/people.ts';
import { createPortalQuestions, type PortalQuestions } from './store/portal-questions.ts';
import { createPortalRuns, type PortalRuns } from './store/portal-runs.ts';
import { createPreviews } from './store/previews.ts';
import { createReadings, type Readings } from './store/readings.ts';
import { createSeenDocuments, type SeenDocuments } from './store/seen-documents.ts';
import { createTickets, type Tickets } from './store/tickets.ts';
import { systemClock } from './system-clock.ts';

/** The company that everybody belongs to until companies are told apart. */
export const defaultCompanyId = 'default';
/** Ways in that let everybody in who can reach them: whoever may open the page may use its chat. */
const openChannels: ReadonlySet<string> = new Set(['webchat']);

/** Everything that parts of Recibot share, built once. Disposing it closes, in order, what was opened. */
export interface AppContext extends BackOffice, Operations, AsyncDisposable {
  config: Config;
  log: Logger;
  clock: Clock;
  store: Store;
  tickets: Tickets;
  files: Files;
  readings: Readings;
  /** Which documents came before, by what they say. */
  seen: SeenDocuments;
  previews: Previewer;
  messages: ChatMessages;
  updates: ChannelUpdates;
  cards: ChatCards;
  bus: Bus;
  outbox: Outbox;
  intake: Intake;
  linkCodes: LinkCodes;
  companies: Companies;
  people: People;
  own: OwnData;
  secrets: Secrets;
  fiscalProfiles: FiscalProfiles;
  portals: Portals;
  conversation: Conversation;
  /** Where browsers find this service. */
  publicAddress: PublicAddress;
  /** Null where no OAuth client is set. */
  gmail: GmailDeps['gmail'];
  whatsapp: WhatsAppParts | null;
  /** What is only kept for a while. */
  forgetful: readonly Forgetful[];
  classify: (reading: Reading, companyId: string) => Promise<Classification>;
  classifyInvoice: LiveUnderstanding['classifyInvoice'];
  extract: LiveUnderstanding['extract'];
  /** Understanding by what is printed alone, and the rules it goes by. */
  live: LiveUnderstanding;
  lessons: Lessons;
  /** The text recognisers, loaded and warmed at the first call, since only the role `read` needs them. */
  reader(): Promise<Reader>;
}

export interface ContextOverrides {
  log?: Logger;
  clock?: Clock;
  createReader?: () => Promise<Reader>;
}

const projectDir = fileURLToPath(new URL('..', import.meta.url));

/** @throws {Failure} `database-unavailable` or `bus-unavailable` when one of them cannot be reached. */
export async function createContext(config: Config, overrides: ContextOverrides = {}): Promise<AppContext> {
  await using cleanup = new AsyncDisposableStack();
  const log = overrides.log ?? createLog(config);
  const clock = overrides.clock ?? systemClock;
  const store = cleanup.use(await connectStore({ ...config, runtimeDir: `${projectDir}.runtime`, log }));
  const tickets = await createTickets(store.connection, clock, route, alsoFeeds);
  const files = await createFiles(store.connection);
  const messages = await createChatMessages(store.connection);
  const updates = await createChannelUpdates(store.connection);
  const cards = await createChatCards(store.connection);
  const people = await createPeople(store.connection, clock);
  const operations = await openOperations(config, { connection: store.connection, people, tickets, clock, log });
  const bus = cleanup.adopt(await createBus(config, store, { log, clock }), (opened) => opened.close());
  const outbox = createOutbox({ tickets, bus, clock, log });
  const intake = createIntake({ tickets, files, outbox, identify: identifyFile, profile: config.ocr.profile, log });
  const linkCodes = await createLinkCodes(store.connection, clock);
  const allowances = await createAllowances(store.connection, clock);
  const conversations = await createConversations(store.connection, clock);
  const menus = await createMenus(store.connection, clock);
  const secrets = createSecrets(config.secretsKey ?? (await keptKey(config.dataDir, 'secrets')));
  const { tell } = operations;
  const publicAddress = createPublicAddress(config.publicUrl);
  const mails = await openMails(config, store, { people, secrets, tell, clock, log, publicUrl: publicAddress.url });
  const fiscalProfiles = createFiscalProfiles(store.connection, clock);
  const whatsapp = await openWhatsApp(config.whatsapp, { ...store, people, updates, secrets, clock });
  const portalRuns = createPortalRuns(store.connection, clock);
  const portalQuestions = createPortalQuestions(store.connection);
  const remembered = { linkCodes, allowances, conversations, menus, portalQuestions };
  const readings = createReadings(store.connection);
  const understanding = cleanup.use(
    await openUnderstanding(config, { connection: store.connection, readings, clock, log }),
  );
  const { live, learning, lessons } = understanding;
  const own = createOwnData(store.connection, files);
  const conversation = await openConversation(config, {
    ...{ own, files, readings, portalRuns, learn: learning.teach },
    ...{ ...remembered, people, tickets, fiscalProfiles, clock, flush: outbox.flush, mailLinks: mails.gmail?.linking },
  });
  const office = await openBackOffice({
    ...{ alerts: operations.alerts, defaultCompanyId },
    config,
    store,
    tickets,
    files,
    secrets,
    fiscalProfiles,
    allowances,
    tell,
    clock,
    log,
  });
  const portals = cleanup.use(
    createPortals({
      ...{ settings: config.portals, recipesDir: `${projectDir}config/portals`, readings, files, clock, log },
      ...{ compliance: office.compliance, fiscalProfiles },
      ...{ runs: portalRuns, solveCaptcha: createAskPerson({ questions: portalQuestions, tell, clock }) },
    }),
  );
  const { connection } = store;
  const far = config.intelligence.client;
  const remote = far && createRemoteRecogniser(cleanup.adopt(createIntelligenceClient(far), (it) => it.close()));
  const reading = await openReading(config, { connection, metrics: operations.metrics, remote, clock, log });
  const reader = lazily(overrides.createReader ?? (() => openReader(reading, { ...live, clock, log })));
  cleanup.defer(() => reader.close());
  const keptPreviews = await createPreviews(connection, clock);
  const previews = cleanup.adopt(createPreviewer({ files, kept: keptPreviews }), (it) => it.close());
  const open = cleanup.move();
  return {
    ...office,
    ...operations,
    ...{
      config,
      log,
      clock,
      store,
      tickets,
      files,
      messages,
      updates,
      cards,
      readings,
      seen: createSeenDocuments(store.connection, clock),
      previews,
      classify: understanding.classify,
      classifyInvoice: live.classifyInvoice,
      extract: live.extract,
      live,
      lessons,
      fiscalProfiles,
      portals,
      bus,
      outbox,
      intake,
      ...{ linkCodes, people, own, companies: createCompanies(store.connection, clock) },
      secrets,
      conversation: noticing(conversation, operations.activity, clock),
      publicAddress,
      gmail: mails.gmail,
      whatsapp: whatsapp.parts,
      forgetful: [
        ...Object.values(remembered),
        ...forgetfulOf(operations),
        ...mails.forgetful,
        ...whatsapp.forgetful,
        ...understanding.forgetful,
        ...reading.forgetful,
        keptPreviews,
      ],
    },
    reader: reader.get,
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

interface ConversationParts extends OwnDeps {
  portalRuns: PortalRuns;
  portalQuestions: PortalQuestions;
  learn: Learning['teach'];
  people: People;
  fiscalProfiles: FiscalProfiles;
  tickets: Tickets;
  linkCodes: LinkCodes;
  allowances: Allowances;
  conversations: Conversations;
  menus: Menus;
  clock: Clock;
  flush: Outbox['flush'];
}

async function openConversation({ language, isOpenSignup }: Config, deps: ConversationParts): Promise<Conversation> {
  return createConversation({
    ...deps,
    ...{ language, openCompanyOf: (channel) => (isOpenSignup || openChannels.has(channel) ? defaultCompanyId : null) },
  });
}

type MailParts = Pick<AppContext, 'people' | 'secrets' | 'tell' | 'clock' | 'log'> & { publicUrl(): string };

async function openMails({ gmail: settings }: Config, { connection }: Store, parts: MailParts) {
  if (settings === null) return { gmail: null, forgetful: [] };
  const mailboxes = await createMailboxes(connection);
  const messages = await createMailboxMessages(connection);
  const links = await createMailboxLinks(connection);
  return { gmail: openMailboxes(settings, { ...parts, mailboxes, messages, links }), forgetful: [messages, links] };
}

type ReaderParts = Pick<LiveUnderstanding, 'classify' | 'extract'> & Pick<AppContext, 'clock' | 'log'>;

async function openReader({ open }: { open(): Promise<Reader> }, { clock, ...parts }: ReaderParts): Promise<Reader> {
  const reader = await open();
  return createAttentiveReader({ ...parts, reader, today: () => latestDate(clock.now()) });
}

function createBus(config: Config, store: Store, deps: { log: Logger; clock: Clock }): Promise<Bus> {
  if (config.rabbitmqUrl) return createRabbitBus({ url: config.rabbitmqUrl, ...deps });
  return createEmbeddedBus({ connection: store.connection, ...deps });
}

function lazily(create: () => Promise<Reader>) {
  let made: Promise<Reader> | undefined;
  return {
    get: () => {
      made ??= create();
      return made;
    },
    close: async () => (await made)?.close(),
  };
}
