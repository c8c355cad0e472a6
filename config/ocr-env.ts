import { z } from 'zod';
import type { OcrLanguage } from '../src/domain/reading.ts';

const httpUrl = z.url({ protocol: /^https?$/, error: 'must begin with http:// or https://' });

/** Text recognisers: the two that run here and those that run elsewhere. */
export const OcrBackend = z.enum(['paddle', 'tesseract', 'google_vision', 'aws_textract', 'remote']);
export type OcrBackend = z.infer<typeof OcrBackend>;

/** What an operator sets for recognisers that run elsewhere; `outsideOcrOf` says what follows. */
export const outsideOcrVariables = {
  OCR_ORDER: z
    .enum(['given', 'cheapest'])
    .default('given')
    .describe(
      'given: recognisers are asked as OCR_BACKENDS lists them; cheapest: those that cost nothing by the page first.',
    ),
  OCR_PROVIDER_TIMEOUT_MS: z.coerce
    .number()
    .int()
    .min(100)
    .max(120_000)
    .default(30_000)
    .describe(
      'How long a recogniser elsewhere may take for a document, in milliseconds, before the next one is asked.',
    ),
  GOOGLE_VISION_ENDPOINT: httpUrl
    .default('https://vision.googleapis.com')
    .describe('Where Google Cloud Vision is; another one for a region, a gateway or a test server.'),
  GOOGLE_API_KEY: z.string().min(1).optional().describe('API key for Google Cloud Vision.'),
  GOOGLE_APPLICATION_CREDENTIALS: z
    .string()
    .min(1)
    .optional()
    .describe("File with a Google service account's key, in the place of GOOGLE_API_KEY."),
  AWS_TEXTRACT_ENDPOINT: httpUrl
    .optional()
    .describe("Where Amazon Textract is; by default Amazon's own of AWS_REGION."),
  AWS_REGION: z.string().min(1).optional().describe('Region of Amazon Textract, such as us-east-1.'),
  AWS_ACCESS_KEY_ID: z
    .string()
    .min(1)
    .optional()
    .describe("Access key for Amazon Textract; without it the SDK looks where Amazon's tools keep it."),
  AWS_SECRET_ACCESS_KEY: z.string().min(1).optional().describe('Secret of that access key.'),
  AWS_SESSION_TOKEN: z
    .string()
    .min(1)
    .optional()
    .describe('Session token of that access key, where it is a passing one.'),
} as const;

const OutsideOcr = z.object({ ...outsideOcrVariables, OCR_BACKENDS: z.array(OcrBackend) });
type OutsideOcr = z.infer<typeof OutsideOcr>;

export function outsideOcrProblems(env: OutsideOcr): string[] {
  const asksFor = (backend: OcrBackend) => env.OCR_BACKENDS.includes(backend);
  const hasGoogle = env.GOOGLE_API_KEY !== undefined || env.GOOGLE_APPLICATION_CREDENTIALS !== undefined;
  const hasPair = (env.AWS_ACCESS_KEY_ID === undefined) === (env.AWS_SECRET_ACCESS_KEY === undefined);
  return [
    ...(asksFor('google_vision') && !hasGoogle
      ? ['GOOGLE_API_KEY, GOOGLE_APPLICATION_CREDENTIALS: OCR_BACKENDS names google_vision, which needs one of them.']
      : []),
    ...(asksFor('aws_textract') && env.AWS_REGION === undefined
      ? ['AWS_REGION: OCR_BACKENDS names aws_textract, which needs it.']
      : []),
    ...(hasPair ? [] : ['AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY: one needs the other.']),
  ];
}

/** Settings of the recognisers elsewhere that OCR_BACKENDS names; null for the others. */
export function outsideOcrOf(env: OutsideOcr, languages: readonly OcrLanguage[]) {
  return {
    isCheapestFirst: env.OCR_ORDER === 'cheapest',
    timeoutMs: env.OCR_PROVIDER_TIMEOUT_MS,
    googleVision: env.OCR_BACKENDS.includes('google_vision') ? googleOf(env, languages) : null,
    awsTextract: env.OCR_BACKENDS.includes('aws_textract') ? awsOf(env) : null,
  };
}

function googleOf(env: OutsideOcr, languages: readonly OcrLanguage[]) {
  return {
    endpoint: env.GOOGLE_VISION_ENDPOINT.replace(/\/+$/, ''),
    apiKey: env.GOOGLE_API_KEY ?? null,
    serviceAccountFile: env.GOOGLE_APPLICATION_CREDENTIALS ?? null,
    languages,
  };
}

function awsOf(env: OutsideOcr) {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: token } = env;
  const hasKeys = accessKeyId !== undefined && secretAccessKey !== undefined;
  return {
    region: env.AWS_REGION ?? 'us-east-1',
    endpoint: env.AWS_TEXTRACT_ENDPOINT ?? null,
    credentials: hasKeys ? { accessKeyId, secretAccessKey, ...(token ? { sessionToken: token } : {}) } : null,
  };
}
