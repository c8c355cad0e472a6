import { z } from 'zod';
import { RateLimits } from '../src/domain/rate-limits.ts';

const httpUrl = z.url({ protocol: /^https?$/, error: 'must begin with http:// or https://' });
const seconds = z.coerce.number().int().min(1).max(31_536_000);

/** What tax authorities, accounting and the jobs by the clock need; part of `variables` in env.ts. */
export const complianceVariables = {
  COMPLIANCE: z
    .stringbool()
    .default(true)
    .describe('off asks no tax authority about e-invoices; on (the default) asks SAT and DIAN.'),
  SAT_STATUS_URL: httpUrl
    .default('https://consultaqr.facturaelectronica.sat.gob.mx/ConsultaCFDIService.svc')
    .describe("The SAT's service that tells the status of a CFDI."),
  DIAN_URL: httpUrl
    .default('https://vpfe.dian.gov.co/WcfDianCustomerServices.svc')
    .describe("The DIAN's service; asking it needs the company's certificate: recibot compliance certificate."),
  RATE_LIMITS: RateLimits.prefault('').describe(
    'Most calls a minute, such as tax_validation=20,dian_validation=15; those left out keep their defaults.',
  ),
  COMPLIANCE_CLEANUP_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(3650)
    .default(30)
    .describe('Days after which backups and the detailed history of settled invoices are tidied.'),
  BACKUP_S3_URL: httpUrl
    .optional()
    .describe('Bucket of an S3-compatible store, https://host/bucket, for backups. Without it they lie in DATA_DIR.'),
  BACKUP_S3_REGION: z.string().min(1).default('us-east-1').describe('Region of the bucket.'),
  BACKUP_S3_ACCESS_KEY_ID: z.string().min(1).optional().describe('Access key of the bucket.'),
  BACKUP_S3_SECRET_ACCESS_KEY: z.string().min(1).optional().describe('Secret of that access key.'),
  ALEGRA_ROOT_URL: httpUrl
    .default('https://api.alegra.com/api/v1')
    .describe('Where the Alegra API is; only used once an account is given, here or for a company.'),
  ALEGRA_EMAIL: z.email().optional().describe('Account of Alegra. Without one bills are kept in the local ledger.'),
  ALEGRA_TOKEN: z.string().min(1).optional().describe('Token of that account (Alegra: Configuración, API).'),
  ALEGRA_WEBHOOK_URL: httpUrl
    .optional()
    .describe('Public address of this service, at which Alegra tells of changes, so that its caches follow at once.'),
  CACHE_TTL_CONTACTS: seconds.default(3600).describe("Seconds for which Alegra's contacts are remembered."),
  CACHE_TTL_ITEMS: seconds.default(1800).describe("Seconds for which Alegra's items are remembered."),
  CACHE_TTL_ACCOUNTS: seconds.default(7200).describe("Seconds for which Alegra's accounts are remembered."),
  TIME_ZONE: z
    .string()
    .refine((zone) => Intl.supportedValuesOf('timeZone').includes(zone), 'must be an IANA time zone')
    .default('America/Mexico_City')
    .describe('Time zone of the hours at which jobs run.'),
} as const;

const Environment = z.object(complianceVariables);
type Environment = z.infer<typeof Environment>;

export function complianceOf(env: Environment) {
  return {
    isOn: env.COMPLIANCE,
    satUrl: env.SAT_STATUS_URL,
    dianUrl: env.DIAN_URL,
    rateLimits: env.RATE_LIMITS,
    cleanupDays: env.COMPLIANCE_CLEANUP_DAYS,
    backupBucket: bucketOf(env),
  };
}

/** `email` and `token` are those of companies that have no connection of their own. */
export function accountingOf(env: Environment) {
  const { ALEGRA_EMAIL: email, ALEGRA_TOKEN: token } = env;
  return {
    alegraUrl: env.ALEGRA_ROOT_URL.replace(/\/+$/, ''),
    account: email !== undefined && token !== undefined ? { email, token } : null,
    webhookUrl: env.ALEGRA_WEBHOOK_URL?.replace(/\/+$/, '') ?? null,
    ttlMs: {
      contacts: env.CACHE_TTL_CONTACTS * 1000,
      items: env.CACHE_TTL_ITEMS * 1000,
      accounts: env.CACHE_TTL_ACCOUNTS * 1000,
    },
  };
}

/** Names what belongs together and is only half there. */
export function complianceProblems(env: Environment): string[] {
  const { BACKUP_S3_URL, BACKUP_S3_ACCESS_KEY_ID, BACKUP_S3_SECRET_ACCESS_KEY, ALEGRA_EMAIL, ALEGRA_TOKEN } = env;
  const hasKeys = BACKUP_S3_ACCESS_KEY_ID !== undefined && BACKUP_S3_SECRET_ACCESS_KEY !== undefined;
  return [
    ...(BACKUP_S3_URL !== undefined && !hasKeys
      ? ['BACKUP_S3_ACCESS_KEY_ID: is needed with BACKUP_S3_URL, and so is BACKUP_S3_SECRET_ACCESS_KEY.']
      : []),
    ...((ALEGRA_EMAIL === undefined) !== (ALEGRA_TOKEN === undefined)
      ? ['ALEGRA_TOKEN: ALEGRA_EMAIL and ALEGRA_TOKEN go together.']
      : []),
  ];
}

function bucketOf(env: Environment) {
  const { BACKUP_S3_URL: url, BACKUP_S3_ACCESS_KEY_ID: accessKeyId } = env;
  const { BACKUP_S3_SECRET_ACCESS_KEY: secretAccessKey, BACKUP_S3_REGION: region } = env;
  if (url === undefined || accessKeyId === undefined || secretAccessKey === undefined) return null;
  return { url: url.replace(/\/+$/, ''), region, accessKeyId, secretAccessKey };
}
