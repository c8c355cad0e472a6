import type { ComplianceAlert } from '../compliance/alert.ts';
import type { AlertCode } from '../domain/alert.ts';
import type { Alerts } from '../store/alerts.ts';
import type { Booking } from '../store/bookings.ts';

const codes = {
  'foreign-invoice': 'invoice-foreign',
  'cancelled-later': 'invoice-cancelled-later',
  'invoice-failed': 'invoice-not-good',
} as const satisfies Partial<Record<ComplianceAlert['what'], AlertCode>>;

/** What compliance and accounting have to say to operators, as their alerts. */
export function createAlertRaiser(alerts: Pick<Alerts, 'raise' | 'resolve'>) {
  async function compliance({ key, what, detail }: ComplianceAlert): Promise<void> {
    const [authority = '', count = ''] = detail.split(': ');
    const awayKey = `authority-away:${authority}`;
    if (what === 'authority-back') return alerts.resolve(awayKey);
    if (what === 'authority-away') {
      return alerts.raise({ key: awayKey, code: 'authority-away', severity: 'critical', detail: { authority, count } });
    }
    return alerts.raise({ key, code: codes[what], severity: 'warning', detail: { detail } });
  }

  async function bookingRefused({ id, bill }: Booking, error: string): Promise<void> {
    const detail = `${bill.number ?? ''} ${bill.supplier.name}`.trim();
    await alerts.raise({
      ...{ key: `booking-refused:${id}`, code: 'booking-refused', severity: 'warning' },
      detail: { detail, error },
    });
  }

  return { compliance, bookingRefused };
}
