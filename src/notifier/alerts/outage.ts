import type { Channel } from '../../channels/channel.ts';
import type { Clock } from '../../domain/clock.ts';
import type { Language } from '../../domain/language.ts';
import type { Alerts } from '../../store/alerts.ts';
import { alertText } from './texts.ts';

/** Shorter breaks are noise: every repository waits for them by itself. */
const noticedMs = 5_000;
/** After so long operators are told straight away, past the database. */
const emergencyMs = 60_000;

/** Found over at each look: see checks. */
export const outageKey = 'database-away';

export interface OutageDeps {
  /** Rejects while the database is away. */
  ping(): Promise<unknown>;
  alerts: Pick<Alerts, 'raise'>;
  /** The channels of this process, of which one may reach the operators without the database. */
  channels: readonly Channel[];
  chat: { channel: string; chat: string } | null;
  language: Language;
  clock: Clock;
}

/** Notices that the database is away, which no alert in the database can tell, and tells it when it is back. */
export function createOutage({ ping, alerts, channels, chat, language, clock }: OutageDeps) {
  let awaySince: number | null = null;
  let isToldStraight = false;

  async function whileAway(): Promise<void> {
    const now = clock.now().getTime();
    awaySince ??= now;
    if (isToldStraight || now - awaySince < emergencyMs || !chat) return;
    isToldStraight = true;
    const channel = channels.find(({ name }) => name === chat.channel);
    const text = alertText(anAlert(now - awaySince, clock.now()), 'critical', language, clock.now());
    await channel?.tell?.({ id: `database-away:${awaySince}`, account: '', chat: chat.chat, reply: { text } });
  }

  async function whenBack(): Promise<void> {
    const awayMs = awaySince === null ? 0 : clock.now().getTime() - awaySince;
    if (awayMs >= noticedMs) {
      const { code, severity, detail } = anAlert(awayMs, clock.now());
      await alerts.raise({ key: outageKey, code, severity, detail });
    }
    awaySince = null;
    isToldStraight = false;
  }

  return {
    /** Whether the database is there. */
    look: async (): Promise<boolean> => {
      try {
        await ping();
      } catch {
        await whileAway().catch(() => undefined);
        return false;
      }
      await whenBack();
      return true;
    },
  };
}

function anAlert(awayMs: number, at: Date) {
  const detail = { seconds: String(Math.round(awayMs / 1_000)) };
  const fresh = { id: '', key: '', count: 1, told: 0, returns: 0, openedAt: at, lastAt: at, resolvedAt: null };
  return { ...fresh, code: 'database-away', severity: 'warning', detail } as const;
}
