import type { WAMessage, WASocket } from '@whiskeysockets/baileys';
import type { Logger } from 'pino';
import type { Clock } from '../../domain/clock.ts';
import { toFailure } from '../../domain/failure.ts';
import type { ChannelState } from '../channel.ts';
import type { Acknowledgements } from './acknowledgements.ts';
import type { AuthState } from './auth-state.ts';
import type { createConnect } from './connect.ts';
import { type Ending, pauseAfter, remedyOf } from './endings.ts';
import type { LineHolder } from './line.ts';
import type { ShowLink } from './show-link.ts';
import { createSilence } from './silence.ts';

/** Who has been connected so long has not failed at it. */
const steadyMs = 30_000;
/** An account that cannot be read mends itself only when somebody gives the right key back. */
const unreadablePauseMs = 60_000;
/** So long the server has to hear a goodbye before the connection is closed. */
const heardMs = 500;
/** The phone is told that it is left, if that goes quickly. */
const goodbyeMs = 3_000;

export interface SuperviseDeps {
  connect: ReturnType<typeof createConnect>;
  auth: Pick<AuthState, 'putAside' | 'clear'>;
  line: LineHolder;
  acknowledgements: Acknowledgements;
  showLink: ShowLink;
  onMessages(messages: WAMessage[]): void;
  onSamePerson(lid: string, phone: string): void;
  onOpen(): void;
  enter(status: ChannelState['status'], lastError?: string | null, link?: ChannelState['link']): void;
  silenceMs: number;
  clock: Clock;
  log: Logger;
}

/**
 * Keeps a connection open until the signal aborts: one after the other, with the pause that each ending asks for. An account that the
 * phone has unlinked is put aside, never deleted, and a new link is asked for.
 */
export function createSupervise(deps: SuperviseDeps) {
  const { connect, auth, line, acknowledgements, showLink, enter, clock, log } = deps;
  let failures = 0;
  let isLoggedOut = false;
  /** Ends the connection of now. */
  let hangUp: (ending: Ending) => void = () => undefined;
  /** Ends the pause of now. */
  let wake: () => void = () => undefined;
  let isRunning = false;
  /** Somebody waits for the account to be forgotten. */
  let unlinking: PromiseWithResolvers<void> | null = null;

  async function supervise(signal: AbortSignal): Promise<void> {
    failures = 0;
    isLoggedOut = false;
    isRunning = true;
    enter('starting', null);
    while (!signal.aborted) {
      try {
        const ending = await hold(signal);
        if (unlinking) await forget();
        else if (!signal.aborted) await recover(ending, signal);
      } catch (error) {
        if (!signal.aborted) await refuse(error, signal);
      }
      if (unlinking) await forget();
    }
    isRunning = false;
    enter('stopped');
  }

  /** Between two connections, so that nothing is saved any more that is being forgotten. */
  async function forget(): Promise<void> {
    const asked = unlinking;
    await auth.clear();
    unlinking = null;
    asked?.resolve();
    failures = 0;
    isLoggedOut = false;
    enter('starting', null);
  }

  async function hold(signal: AbortSignal): Promise<Ending> {
    const ended = new AbortController();
    const silence = createSilence({ clock, limitMs: deps.silenceMs });
    const until = AbortSignal.any([signal, ended.signal]);
    hangUp = (ending) => ended.abort(ending);
    let openSince: number | null = null;
    const happenings = {
      connecting: (socket: WASocket) => {
        line.connecting(socket);
        acknowledgements.listen(socket.ws);
        silence.listen(socket.ws);
      },
      qr: (payload: string, socket: WASocket) => showLink(payload, socket, isLoggedOut),
      open: (socket: WASocket) => {
        openSince = clock.now().getTime();
        opened(socket);
        void silence
          .watch(until)
          .then((isSilent) => isSilent && hangUp({ code: 408, message: 'nothing was heard for too long' }));
      },
      messages: deps.onMessages,
      samePerson: deps.onSamePerson,
    };
    try {
      return await connect(happenings, until);
    } finally {
      ended.abort();
      line.closed();
      acknowledgements.endAll();
      if (openSince !== null && clock.now().getTime() - openSince > steadyMs) failures = 0;
    }
  }

  function opened(socket: WASocket): void {
    isLoggedOut = false;
    line.open(socket);
    enter('receiving');
    log.info('WhatsApp is connected; receiving');
    deps.onOpen();
  }

  async function recover(ending: Ending, signal: AbortSignal): Promise<void> {
    const remedy = remedyOf(ending);
    const pauseMs = pauseAfter(remedy, failures, Math.random());
    log[remedy.level]({ code: ending.code, error: ending.message, failures, pauseMs }, remedy.what);
    const lastError = `${remedy.what} (${ending.code}: ${ending.message})`;
    if (remedy.isLoggedOut) {
      await auth.putAside();
      isLoggedOut = true;
    }
    const isRestart = ending.code === 515;
    failures = isRestart ? failures : failures + 1;
    enter(isLoggedOut ? 'logged-out' : isRestart ? 'starting' : 'retrying', isRestart ? undefined : lastError);
    await pause(pauseMs, signal);
  }

  async function refuse(error: unknown, signal: AbortSignal): Promise<void> {
    const { code, message } = toFailure(error);
    const isUnreadable = code === 'secret-unreadable';
    log.error({ code, err: error }, 'WhatsApp cannot be connected');
    enter('retrying', message);
    failures += 1;
    await pause(isUnreadable ? unreadablePauseMs : Math.min(60_000, 1_000 * 2 ** failures), signal);
  }

  async function pause(ms: number, signal: AbortSignal): Promise<void> {
    const woken = new AbortController();
    wake = () => woken.abort();
    await clock.sleep(ms, AbortSignal.any([signal, woken.signal])).catch(() => undefined);
  }

  /** Baileys' own `logout` closes the connection in the same breath, and what it said was often not heard. */
  async function sayGoodbye(): Promise<void> {
    const socket = line.current();
    const jid = line.me().id;
    if (!socket || jid === '') return;
    const content = [{ tag: 'remove-companion-device', attrs: { jid, reason: 'user_initiated' } }];
    const attrs = { to: '@s.whatsapp.net', type: 'set', id: socket.generateMessageTag(), xmlns: 'md' };
    await socket.sendNode({ tag: 'iq', attrs, content });
    await clock.sleep(heardMs);
  }

  return {
    supervise,
    /** Tells the phone, ends the connection and forgets the account; the next connection asks for a new link. */
    unlink: async (): Promise<void> => {
      if (!isRunning) return auth.clear();
      unlinking ??= Promise.withResolvers();
      const { promise } = unlinking;
      // The phone may remove the device by itself, too.
      await Promise.race([sayGoodbye().catch(() => undefined), clock.sleep(goodbyeMs)]);
      hangUp({ code: 515, message: 'unlinked' });
      wake();
      await promise;
    },
    /** Ends the connection of now, or its pause; it is opened again at once. */
    restart: (ending: Ending): void => {
      hangUp(ending);
      wake();
    },
  };
}
