import { z } from 'zod';

const httpUrl = z.url({ protocol: /^https?$/, error: 'must begin with http:// or https://' });

/** What an operator sets for mailboxes; `toGmail` says what follows. */
export const gmailVariables = {
  PUBLIC_URL: httpUrl
    .optional()
    .describe(
      'Address at which browsers reach this service, such as https://recibot.example.com; Google sends people back to it. By default HOST and PORT.',
    ),
  GOOGLE_CLIENT_ID: z
    .string()
    .min(1)
    .optional()
    .describe(
      'OAuth client of the Google Cloud project (docs/channels/gmail.md). Without it there are no Gmail mailboxes.',
    ),
  GOOGLE_CLIENT_SECRET: z.string().min(1).optional().describe('Secret of that OAuth client.'),
  GMAIL_ROOT_URL: httpUrl
    .default('https://gmail.googleapis.com')
    .describe('Where the Gmail API is; another one for a gateway or a test server.'),
  GOOGLE_OAUTH_ROOT_URL: httpUrl
    .optional()
    .describe(
      'Where people agree and tokens are given; its /.well-known/openid-configuration is asked for the paths. By default Google.',
    ),
  GMAIL_PUBSUB_TOPIC: z
    .string()
    .regex(/^projects\/[\w-]+\/topics\/[\w.~+%-]+$/, 'must look like projects/my-project/topics/gmail')
    .optional()
    .describe(
      'Pub/Sub topic that Gmail tells of new mail, so that it is read at once. Without it mailboxes are asked.',
    ),
} as const;

const Gmail = z.object(gmailVariables);
type Gmail = z.infer<typeof Gmail>;

export function gmailProblems({ GOOGLE_CLIENT_ID: id, GOOGLE_CLIENT_SECRET: secret }: Gmail): string[] {
  if ((id === undefined) === (secret === undefined)) return [];
  return ['GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET: one needs the other.'];
}

/** Null where no OAuth client is set: then there is no Gmail. Addresses end without a slash. */
export function gmailOf(env: Gmail) {
  const { GOOGLE_CLIENT_ID: clientId, GOOGLE_CLIENT_SECRET: clientSecret, GOOGLE_OAUTH_ROOT_URL: oauthRoot } = env;
  if (clientId === undefined || clientSecret === undefined) return null;
  return {
    ...{ clientId, clientSecret },
    rootUrl: withoutSlash(env.GMAIL_ROOT_URL),
    oauthRootUrl: oauthRoot === undefined ? null : withoutSlash(oauthRoot),
    topic: env.GMAIL_PUBSUB_TOPIC ?? null,
  };
}

/** Where browsers find the service before it knows its port: what PUBLIC_URL says, else HOST and PORT. */
export function publicUrlOf({ PUBLIC_URL, HOST, PORT }: Gmail & { HOST: string; PORT: number }): string {
  if (PUBLIC_URL !== undefined) return withoutSlash(PUBLIC_URL);
  const isEverywhere = HOST === '0.0.0.0' || HOST === '::';
  const host = isEverywhere ? 'localhost' : HOST.includes(':') ? `[${HOST}]` : HOST;
  return `http://${host}:${PORT}`;
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
