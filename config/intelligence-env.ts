import { z } from 'zod';

const key = z.string().min(16).optional();

/** What the intelligence service and its client need; part of `variables` in env.ts. */
export const intelligenceVariables = {
  INTELLIGENCE_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65535)
    .default(9000)
    .describe('Port of the intelligence service (role intelligence); 0 takes a free one.'),
  INTELLIGENCE_API_KEY: key.describe(
    'Key that the intelligence service wants in `x-api-key`, and that its client sends; needed where HOST is not loopback.',
  ),
  INTELLIGENCE_SERVICE_URL: z
    .url({ protocol: /^https?$/, error: 'must begin with http:// or https://' })
    .optional()
    .describe('An intelligence service on another machine, which reads where OCR_BACKENDS names remote.'),
} as const;

const Environment = z.object(intelligenceVariables);
type Environment = z.infer<typeof Environment>;

export function intelligenceOf(env: Environment) {
  const apiKey = env.INTELLIGENCE_API_KEY ?? null;
  const url = env.INTELLIGENCE_SERVICE_URL?.replace(/\/+$/, '') ?? null;
  return { port: env.INTELLIGENCE_PORT, apiKey, client: url === null ? null : { url, apiKey } };
}

/** @param isOpen Whether the service is reachable from other machines. */
export function intelligenceProblems(
  env: Environment & { ROLES: readonly string[]; OCR_BACKENDS: readonly string[] },
  isOpen: boolean,
): string[] {
  const serves = env.ROLES.includes('intelligence');
  return [
    ...(serves && isOpen && env.INTELLIGENCE_API_KEY === undefined
      ? [
          'INTELLIGENCE_API_KEY: is needed because HOST is not loopback: whoever reaches the port could have documents read.',
        ]
      : []),
    ...(env.OCR_BACKENDS.includes('remote') && env.INTELLIGENCE_SERVICE_URL === undefined
      ? ['INTELLIGENCE_SERVICE_URL: OCR_BACKENDS names remote, which needs it.']
      : []),
  ];
}
