/** Why a connection ended, as Baileys tells (`DisconnectReason`), and what the server said. */
export interface Ending {
  code: number;
  message: string;
}

/** What is done about it. */
export interface Remedy {
  /** What an operator should know or do. */
  what: string;
  level: 'info' | 'warn' | 'error';
  /** First pause, doubled at each failure in a row up to the last. */
  pauseMs: { first: number; last: number };
  /** The phone has ended the link: the account's keys are of no use any more. */
  isLoggedOut?: true;
}

const network = { first: 500, last: 60_000 };

/** By close code; see docs/channels/whatsapp.md. */
const remedies: Readonly<Record<number, Remedy>> = {
  515: { what: 'WhatsApp asks to connect again', level: 'info', pauseMs: { first: 0, last: 5_000 } },
  401: loggedOut('The phone, or WhatsApp, has ended the link: link it again with the new code'),
  403: loggedOut('WhatsApp has refused the account (it may be banned: look at the phone), then link it again'),
  405: {
    what: 'WhatsApp calls this client too old: update Recibot, or set WHATSAPP_CLIENT_VERSION to a newer version',
    level: 'error',
    pauseMs: { first: 60_000, last: 3_600_000 },
  },
  411: {
    what: 'The phone does not take linked devices yet: update WhatsApp on it',
    level: 'error',
    pauseMs: { first: 60_000, last: 3_600_000 },
  },
  440: {
    what: 'Another program uses this link: stop it. Recibot waits ten minutes before it takes the line again; restarting the channel does so at once',
    level: 'error',
    pauseMs: { first: 600_000, last: 600_000 },
  },
  408: { what: 'The connection fell silent; it is opened again', level: 'info', pauseMs: network },
};

const otherwise: Remedy = { what: 'WhatsApp cannot be reached; it is tried again', level: 'warn', pauseMs: network };

export function remedyOf({ code }: Ending): Remedy {
  return remedies[code] ?? otherwise;
}

/** Half of the pause is left to chance, so that many clients do not come back together. */
export function pauseAfter({ pauseMs: { first, last } }: Remedy, failures: number, chance: number): number {
  const full = Math.min(last, first * 2 ** Math.min(failures, 20));
  return Math.round(full / 2 + (full / 2) * chance);
}

function loggedOut(what: string): Remedy {
  return { what, level: 'error', pauseMs: { first: 3_000, last: 60_000 }, isLoggedOut: true };
}
