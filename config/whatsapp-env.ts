import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** Where WhatsApp keeps media (Baileys 7.0.0-rc14, `DEF_HOST`). */
const mediaHost = 'mmg.whatsapp.net';

/** What an operator sets for WhatsApp; `whatsappOf` says what follows. */
export const whatsappVariables = {
  WHATSAPP_ENABLED: z
    .stringbool()
    .default(false)
    .describe(
      'true links a WhatsApp account (docs/channels/whatsapp.md): the QR code is in the terminal and on the page.',
    ),
  WHATSAPP_PAIRING_PHONE: z
    .string()
    .regex(/^\+?\d{7,15}$/, 'must be a phone number with its country code')
    .optional()
    .describe('Phone number to link by a code typed on the phone in place of a QR code, such as 5215512345678.'),
  WHATSAPP_ALLOWED_GROUPS: z
    .string()
    .regex(/^[\d-]+(@g\.us)?(,\s*[\d-]+(@g\.us)?)*$/, 'must be group ids such as 120363001234567890@g.us')
    .optional()
    .describe(
      'Groups, comma separated, in which everything is for Recibot; in others only what mentions or answers it.',
    ),
  WHATSAPP_CLIENT_VERSION: z
    .string()
    .regex(/^\d+\.\d+\.\d+$/, 'must look like 2.3000.1043857760')
    .optional()
    .describe('Version of WhatsApp Web to present, for the day that WhatsApp calls the built-in one too old (405).'),
  WHATSAPP_SILENCE_MINUTES: z.coerce
    .number()
    .min(0.05)
    .max(1440)
    .default(15)
    .describe('An open connection over which nothing was told for so long is opened anew.'),
  WHATSAPP_WS_URL: z
    .url({ protocol: /^wss?$/, error: 'must begin with ws:// or wss://' })
    .optional()
    .describe('Where WhatsApp is; another one for a gateway or a test server.'),
  WHATSAPP_MEDIA_HOST: z
    .string()
    .regex(/^[\w.-]+(:\d+)?$|^\[[\da-fA-F:]+\](:\d+)?$/, 'must be host or host:port')
    .optional()
    .describe(
      `The only host that media are fetched from, by https; by default ${mediaHost}. When set, media are sent there too.`,
    ),
  WHATSAPP_CA_FILE: z
    .string()
    .min(1)
    .optional()
    .describe(
      'File with the CA certificates (PEM) to trust for that host and WHATSAPP_WS_URL, in place of the public ones.',
    ),
  WHATSAPP_NOISE_ROOT_KEY: z
    .string()
    .regex(/^[\da-fA-F]{64}$/, 'must be 32 bytes in hexadecimal')
    .optional()
    .describe('Public key that signs the server’s certificate in place of WhatsApp’s own. For a test server only.'),
} as const;

const WhatsApp = z.object(whatsappVariables);
type WhatsApp = z.infer<typeof WhatsApp>;

export function whatsappProblems({ WHATSAPP_CA_FILE: file }: WhatsApp): string[] {
  if (file === undefined) return [];
  try {
    return readFileSync(file, 'utf8').includes('BEGIN CERTIFICATE')
      ? []
      : [`WHATSAPP_CA_FILE: ${file} holds no certificate.`];
  } catch {
    return [`WHATSAPP_CA_FILE: ${file} cannot be read.`];
  }
}

/** Null unless it is enabled. */
export function whatsappOf(env: WhatsApp) {
  if (!env.WHATSAPP_ENABLED) return null;
  const { WHATSAPP_CA_FILE: caFile, WHATSAPP_CLIENT_VERSION: version, WHATSAPP_ALLOWED_GROUPS: groups } = env;
  return {
    pairingPhone: env.WHATSAPP_PAIRING_PHONE?.replace('+', '') ?? null,
    allowedGroups: (groups ?? '')
      .split(',')
      .flatMap((id) => (id.trim() ? [`${id.trim().replace('@g.us', '')}@g.us`] : [])),
    clientVersion: version ? versionOf(version) : null,
    silenceMs: env.WHATSAPP_SILENCE_MINUTES * 60_000,
    wsUrl: env.WHATSAPP_WS_URL ?? null,
    mediaHost: env.WHATSAPP_MEDIA_HOST ?? mediaHost,
    uploadHost: env.WHATSAPP_MEDIA_HOST ?? null,
    ca: caFile ? readFileSync(caFile, 'utf8') : null,
    noiseRootKey: env.WHATSAPP_NOISE_ROOT_KEY ?? null,
  };
}

function versionOf(text: string): [number, number, number] {
  const [major = 0, minor = 0, patch = 0] = text.split('.').map(Number);
  return [major, minor, patch];
}
