/** What an operator sets for WhatsApp; see the WHATSAPP_ variables. */
export interface WhatsAppSettings {
  /** Digits; null: link by QR code. */
  pairingPhone: string | null;
  allowedGroups: readonly string[];
  /** Null: the one that Baileys presents. */
  clientVersion: [number, number, number] | null;
  /** An open connection over which nothing came for so long is taken for deaf. */
  silenceMs: number;
  /** Null: WhatsApp's own. */
  wsUrl: string | null;
  /** `host` or `host:port`, by https; media come from here and nowhere else. */
  mediaHost: string;
  /** Null: where WhatsApp says. */
  uploadHost: string | null;
  /** PEM; null: the public ones. */
  ca: string | null;
  /** Hex; null: WhatsApp's own. */
  noiseRootKey: string | null;
}

export const channelName = 'whatsapp';

/** One number for now. Not the number itself, so that people and documents stay when another one is linked. */
export const account = 'main';

export const here = { channel: channelName, account } as const;
