import type { Logger } from 'pino';
import type { Conversation } from '../../conversation/conversation.ts';
import type { Clock } from '../../domain/clock.ts';
import type { Language } from '../../domain/language.ts';
import type { DescribeFailure } from '../../http/error-handler.ts';
import type { Secrets } from '../../secrets/secrets.ts';
import type { MailboxMessages } from '../../store/mailbox-messages.ts';
import type { Mailboxes } from '../../store/mailboxes.ts';
import type { Answer, Channel, Intake, Tell } from '../channel.ts';
import { createChannelState } from '../channel-state.ts';
import { createFinishMail } from './finish-mail.ts';
import { createGmailApi } from './google/gmail-api.ts';
import { createSession } from './google/mailbox-session.ts';
import { createOAuthServer } from './google/oauth-server.ts';
import type { Linking } from './linking/linking.ts';
import { createGmailRoutes, pushPath } from './linking/routes.ts';
import { createMailReader, type MailReader } from './mail/mail-reader.ts';
import { createMailboxLoop } from './mailbox-loop.ts';
import { createTurn, type GmailPace, gmailPace } from './mailbox-turn.ts';
import { channelName, type GmailSettings } from './settings.ts';
import { createSync } from './sync.ts';
import { createTakeMail } from './take-mail.ts';
import { createWatch } from './watch.ts';

export interface GmailDeps {
  gmail: {
    settings: GmailSettings;
    mailboxes: Mailboxes;
    messages: MailboxMessages;
    linking: Linking;
    secrets: Secrets;
  } | null;
  conversation: Pick<Conversation, 'known'>;
  intake: Intake;
  tell: Tell;
  describeFailure: DescribeFailure;
  language: Language;
  clock: Clock;
  log: Logger;
  /** Other than Gmail's own, for a gateway of one's own or a test. */
  pace?: GmailPace;
}

/** People's Gmail mailboxes; null without an OAuth client: then there is no Gmail. */
export function createGmail(deps: GmailDeps): Channel | null {
  if (deps.gmail === null) return null;
  const { settings, mailboxes, messages, linking } = deps.gmail;
  const { clock, language } = deps;
  const log = deps.log.child({ channel: channelName });
  const state = createChannelState(clock);
  const reader = createMailReader();
  const loop = assemble({ ...deps, log, reader }, deps.gmail, state);
  let running: { stopping: AbortController; ended: Promise<void> } | null = null;

  async function ring(address: string): Promise<void> {
    await mailboxes.ring(address, clock.now());
    loop.ring();
  }

  /** Kept, then shown as a label (and in the thread, where that was asked for) whenever Gmail lets us. */
  async function send({ id: answerId, ticketId, source, text, result }: Answer): Promise<void> {
    const answer = { answerId, stage: result.stage, text };
    const { account, message } = source;
    if (await messages.answer(account, message, ticketId, answer, clock.now())) await ring(account);
  }

  return {
    name: channelName,
    // A mail has its labels, whatever else is told; they wake nobody.
    hasCards: true,
    isSilent: true,
    routes: createGmailRoutes({ settings, linking, ring, language }),
    state: state.state,
    start: async () => {
      if (settings.topic !== null)
        log.info({ path: pushPath(settings) }, 'Pub/Sub may push to this path of PUBLIC_URL');
      const stopping = new AbortController();
      state.enter('starting', null);
      running = { stopping, ended: loop.run(stopping.signal) };
    },
    send,
    tell: async ({ id, account, reply, canWait = false }) => {
      const mailbox = await mailboxes.get(account);
      if (mailbox) await deps.tell(mailbox.place.channel, { id, ...mailbox.place, reply, canWait });
    },
    stop: async () => {
      running?.stopping.abort();
      await running?.ended;
      await reader.close();
      running = null;
      state.enter('stopped');
    },
    unlink: async () => {
      for (const mailbox of await mailboxes.list()) await linking.forget(mailbox);
    },
  };
}

function assemble(
  deps: GmailDeps & { reader: MailReader },
  parts: NonNullable<GmailDeps['gmail']>,
  state: ReturnType<typeof createChannelState>,
) {
  const { clock } = deps;
  const { settings } = parts;
  const shared = { ...deps, ...parts, pace: deps.pace ?? gmailPace };
  const sessions = { ...shared, api: createGmailApi(settings, clock), oauth: createOAuthServer(settings, clock) };
  const turn = createTurn({
    ...shared,
    openSession: (mailbox, stopping) => createSession(sessions, mailbox, stopping),
    keepWatch: createWatch({ ...shared, topic: settings.topic }),
    sync: createSync(shared),
    takeMail: createTakeMail(shared),
    finishMail: createFinishMail(shared),
  });
  return createMailboxLoop({ ...shared, turn, state });
}
