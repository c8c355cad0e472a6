/** How libsignal 6 begins what it writes to the console; some of it is followed by a session with its private keys. */
const begins = [
  ...['Closing session', 'Opening session', 'Removing old closed session', 'Session already', 'Migrating session'],
  ...[
    'Closing open session',
    'Failed to decrypt message',
    'Session error',
    'Decrypted message with closed',
    'V1 session',
  ],
];

const methods = ['info', 'warn', 'error', 'log'] as const;

/** libsignal has no other way to be silenced: its own lines, and no others, are kept off the console. */
export function hushLibsignal(target: Pick<Console, (typeof methods)[number]>): void {
  for (const method of methods) {
    const write = target[method];
    target[method] = (...words: unknown[]) => {
      const [first] = words;
      if (typeof first !== 'string' || !begins.some((begin) => first.startsWith(begin))) write(...words);
    };
  }
}
