import type { WASocket } from '@whiskeysockets/baileys';

/** The connection as it is now, for those who send over it. */
export interface Line {
  /** Null while there is no open connection. */
  current(): WASocket | null;
  /** Our own names; empty until the account is linked. */
  me(): { id: string; lid: string };
  /** Resolves when there is an open connection, or the signal aborts. */
  opened(signal: AbortSignal): Promise<void>;
}

export interface LineHolder extends Line {
  connecting(socket: WASocket): void;
  open(socket: WASocket): void;
  closed(): void;
}

export function createLine(): LineHolder {
  let known: WASocket | null = null;
  let isOpen = false;
  let bell = Promise.withResolvers<void>();

  return {
    current: () => (isOpen ? known : null),
    me: () => ({ id: known?.authState.creds.me?.id ?? '', lid: known?.authState.creds.me?.lid ?? '' }),
    opened: async (signal) => {
      const aborted = Promise.withResolvers<void>();
      signal.addEventListener('abort', () => aborted.resolve(), { once: true });
      if (!isOpen && !signal.aborted) await Promise.race([bell.promise, aborted.promise]);
    },
    connecting: (socket) => {
      known = socket;
    },
    open: (socket) => {
      known = socket;
      isOpen = true;
      bell.resolve();
    },
    closed: () => {
      isOpen = false;
      bell.resolve();
      bell = Promise.withResolvers();
    },
  };
}
