import type { TestContext } from 'node:test';
import type { Notice } from '../../src/channels/channel.ts';
import type { ComplianceAlert } from '../../src/compliance/alert.ts';
import { createFolderStore } from '../../src/compliance/backup/folder.ts';
import { createCompliance } from '../../src/compliance/compliance.ts';
import { defaultRateLimits } from '../../src/domain/rate-limits.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { parseEInvoice } from '../../src/pipeline/einvoice/parse-e-invoice.ts';
import { extractStep } from '../../src/pipeline/steps.ts';
import { createProviderMeter } from '../../src/resilience/provider-metrics.ts';
import { createSecrets } from '../../src/secrets/secrets.ts';
import { createAllowances } from '../../src/store/allowances.ts';
import { createComplianceRecords } from '../../src/store/compliance-records.ts';
import { createCredentials } from '../../src/store/credentials.ts';
import { anArrival } from './builders.ts';
import { aCfdi } from './e-invoices.ts';
import type { ManualClock } from './manual-clock.ts';
import { aPipeline } from './pipeline.ts';
import { aSatServer } from './sat-server.ts';
import { aDataDir, quiet } from './store.ts';

export interface ComplianceOptions {
  ownTaxIds?: string[];
  /** How long the breaker of an authority stays open, in real time. */
  openMs?: number;
  dianUrl?: string;
}

/** The real checks on a database of the test's own, an SAT of the test's own, and time that moves when somebody waits. */
export async function aCompliance(t: TestContext, options: ComplianceOptions = {}) {
  const pipeline = await aPipeline(t);
  const sat = await aSatServer(t);
  const { connection, clock: manual } = pipeline;
  const clock = movingClock(manual);
  const told: (Notice & { channel: string })[] = [];
  const alerts: ComplianceAlert[] = [];
  const blobs = createFolderStore(await aDataDir(t));
  const compliance = createCompliance({
    ...pipeline,
    ...{ clock, blobs, meter: createProviderMeter(), log: quiet },
    settings: {
      isOn: true,
      satUrl: sat.url,
      dianUrl: options.dianUrl ?? 'http://127.0.0.1:1/',
      rateLimits: { ...defaultRateLimits },
    },
    records: await createComplianceRecords(connection),
    credentials: createCredentials(connection, createSecrets(Buffer.alloc(32, 7).toString('base64')), clock),
    allowances: await createAllowances(connection, clock),
    ownTaxIds: async () => options.ownTaxIds ?? [],
    tell: async (channel, notice) => void told.push({ channel, ...notice }),
    isSilent: () => false,
    alert: async (alert) => {
      if (!alerts.some(({ key }) => key === alert.key)) alerts.push(alert);
    },
    limits: { timeoutMs: 2_000, openMs: options.openMs ?? 60_000 },
  });

  /** Sends an invoice through the steps that follow its reading; its final ticket. */
  async function comply(xml: string, name = 'factura.xml', chat = 'chat-1'): Promise<Ticket> {
    const source = { channel: 'webchat', account: 'web', chat, message: name, attachment: 0 };
    const { id } = await pipeline.intake(anArrival({ bytes: Buffer.from(xml), fileName: name, source }));
    const classified = { kind: 'e_invoice', kindConfidence: 1, invoice: parseEInvoice(Buffer.from(xml)) } as const;
    for (const [stage, patch] of [
      ['OCR_PROCESSING', {}],
      ['MERCHANT_CLASSIFICATION', {}],
      ['FIELD_EXTRACTION', classified],
    ] as const) {
      const at = await pipeline.tickets.load(id);
      if (at) await pipeline.tickets.move(at, stage, patch);
    }
    const extract = extractStep({
      ...pipeline,
      compliance,
      ...noPortals,
      extract: () => ({ fields: {}, reasons: [] }),
    });
    for (const step of [extract, compliance.step]) {
      const message = {
        id: 'm',
        queue: step.queue,
        priority: 'NORMAL',
        payload: { ticketId: id, revision: 1 },
      } as const;
      await pipeline.run(step)({ ...message, attempt: 1, isLastAttempt: false }, new AbortController().signal);
    }
    const at = await pipeline.tickets.load(id);
    if (!at) throw new Error('the ticket is gone');
    return at.ticket;
  }

  const sweep = () => compliance.sweep(new AbortController().signal);
  return { ...pipeline, clock, sat, compliance, told, alerts, blobs, comply, sweep };
}

const noPortals = { portals: { plan: async () => null } };

/** Whoever sleeps moves it on, so that pace and schedules are kept without waiting. */
function movingClock(manual: ManualClock): ManualClock {
  return {
    ...manual,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      manual.advance(ms);
    },
  };
}

/** A true CFDI with a UUID of its own; no SAT certificate comes with it, so that its stamp is taken as it is. */
export function aNumberedCfdi(number: number, options: Parameters<typeof aCfdi>[0] = {}): string {
  return aCfdi({ ...options, uuid: uuidOf(number) });
}

export function uuidOf(number: number): string {
  return `5A1B2C3D-0000-4000-8000-${number.toString(16).toUpperCase().padStart(12, '0')}`;
}
