import type { BinaryNode, WASocket } from '@whiskeysockets/baileys';

/** What the server says to a message of ours. `silent`: nothing in time, or the connection ended. */
export type Acknowledgement = { kind: 'acknowledged' } | { kind: 'error'; code: string } | { kind: 'silent' };

/** Somebody waits for the word about one message, from before it is sent. */
export interface Awaited extends Disposable {
  /** Settles with the word, or when the connection ends. */
  said: Promise<Acknowledgement>;
  within(timeoutMs: number): Promise<Acknowledgement>;
}

/** Matches the server's acknowledgements with the messages that wait for them. Baileys' `sendMessage` does not wait. */
export function createAcknowledgements() {
  const waiting = new Map<string, (acknowledgement: Acknowledgement) => void>();

  function settle(id: string | undefined, acknowledgement: Acknowledgement): void {
    if (id !== undefined) waiting.get(id)?.(acknowledgement);
  }

  return {
    listen(ws: WASocket['ws']): void {
      ws.on('CB:ack,class:message', ({ attrs: { id, error } }: BinaryNode) =>
        settle(id, error ? { kind: 'error', code: error } : { kind: 'acknowledged' }),
      );
      // A phone that has it, has it from the server.
      ws.on('CB:receipt', ({ attrs: { id, type } }: BinaryNode) => {
        if (type !== 'retry' && type !== 'server-error') settle(id, { kind: 'acknowledged' });
      });
    },
    expect(id: string): Awaited {
      const { promise, resolve } = Promise.withResolvers<Acknowledgement>();
      waiting.set(id, resolve);
      return {
        said: promise,
        within: (timeoutMs) => {
          const tooLate = setTimeout(() => resolve({ kind: 'silent' }), timeoutMs);
          return promise.finally(() => clearTimeout(tooLate));
        },
        [Symbol.dispose]: () => waiting.delete(id),
      };
    },
    /** The connection has ended: nobody will say anything more. */
    endAll(): void {
      for (const resolve of waiting.values()) resolve({ kind: 'silent' });
    },
  };
}

export type Acknowledgements = ReturnType<typeof createAcknowledgements>;
