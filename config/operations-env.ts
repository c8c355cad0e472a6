import { z } from 'zod';

const chat = z
  .string()
  .regex(/^[a-z]+:\S{1,200}$/, 'must look like telegram:123456 or whatsapp:5215512345678@s.whatsapp.net')
  .optional();

/** What an operator sets for alerts and quiet hours; `operationsOf` says what follows. */
export const operationsVariables = {
  ALERT_CHAT: chat.describe(
    'Chat that hears of what goes wrong, such as telegram:123456. Without it each person with the role operator does.',
  ),
  ALERT_ESCALATION_CHAT: chat.describe(
    'Second chat, for what nobody has mended in time. Without it each person with the role operator.',
  ),
  ALERT_ESCALATION_MINUTES: z.coerce
    .number()
    .min(1)
    .max(1440)
    .default(30)
    .describe('After so many minutes an open alert is told again, one degree more severe, to the second chat too.'),
  QUIET_HOURS: z
    .string()
    .regex(/^(off|([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d)$/, 'must look like 22:00-07:00, or be off')
    .default('22:00-07:00')
    .describe(
      'When phones stay silent, in TIME_ZONE, or off. Summaries and late answers wait until it ends; whoever is writing now is answered.',
    ),
} as const;

const Operations = z.object(operationsVariables);

export function operationsOf(env: z.infer<typeof Operations>) {
  const { ALERT_CHAT, ALERT_ESCALATION_CHAT, ALERT_ESCALATION_MINUTES, QUIET_HOURS } = env;
  const [from = '', to = ''] = QUIET_HOURS.split('-');
  return {
    alerts: {
      chat: ALERT_CHAT ? chatOf(ALERT_CHAT) : null,
      escalationChat: ALERT_ESCALATION_CHAT ? chatOf(ALERT_ESCALATION_CHAT) : null,
      escalateAfterMs: ALERT_ESCALATION_MINUTES * 60_000,
    },
    quietHours: QUIET_HOURS === 'off' ? null : { from, to },
  };
}

/** `telegram:-100123` → the channel and its chat. */
function chatOf(text: string): { channel: string; chat: string } {
  const at = text.indexOf(':');
  return { channel: text.slice(0, at), chat: text.slice(at + 1) };
}
