import type { Logger } from 'pino';
import type { Clock } from '../domain/clock.ts';
import type { Reading } from '../domain/reading.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { Lessons } from '../store/lessons.ts';
import type { Readings } from '../store/readings.ts';
import type { Evidence } from './classify/evidence.ts';
import { fingerprintOf } from './classify/fingerprint.ts';
import { fuelSigns } from './classify/fuel.ts';
import { createLearned } from './classify/learned.ts';
import type { MerchantCatalog } from './classify/merchants.ts';
import { plain } from './classify/skeleton.ts';
import { findTaxIds } from './classify/tax-id-search.ts';
import { layoutOf } from './extract/layout.ts';

export interface LearningDeps {
  lessons: Pick<Lessons, 'teach' | 'changedSince'>;
  readings: Pick<Readings, 'get'>;
  /** The catalogue in force. */
  catalog: () => MerchantCatalog;
  clock: Clock;
  log: Pick<Logger, 'info' | 'warn'>;
}

/** Corrections become evidence: what people say about one ticket counts for the next ones. */
export interface Learning {
  /** Takes in what a person changed or confirmed; does nothing when it says nothing about whose the document is, or when the database is away. May be called twice. */
  teach(before: Ticket, after: Ticket, personId: string): Promise<void>;
  /** What was taught about documents like this one, other processes' lessons included. */
  evidence(companyId: string, reading: Reading): Promise<Evidence[]>;
}

/** Lessons of other processes come into effect after at most this long. */
const refreshMs = 10_000;
/** Clocks of several machines differ. */
const clockSkewMs = 60_000;
const mostLoaded = 20_000;

export function createLearning({ lessons, readings, catalog, clock, log }: LearningDeps): Learning {
  const learned = createLearned();
  let loadedAt: Date | null = null;
  let isStale = false;
  let loading: Promise<void> | null = null;

  async function load(): Promise<void> {
    const now = clock.now();
    const since = loadedAt && new Date(loadedAt.getTime() - clockSkewMs);
    const changes = await lessons.changedSince(since, mostLoaded);
    for (const { lesson, isForgotten } of changes.reverse()) {
      if (isForgotten) learned.unlearn(lesson.ticketId);
      else learned.learn(lesson);
    }
    loadedAt = now;
    isStale = false;
  }

  /** A database that is away leaves what is known. */
  async function refresh(): Promise<void> {
    const isFresh = loadedAt && clock.now().getTime() - loadedAt.getTime() < refreshMs;
    if (isFresh && !isStale) return;
    loading ??= load()
      .catch((err: unknown) => log.warn({ err }, 'lessons could not be loaded'))
      .finally(() => {
        loading = null;
      });
    await loading;
  }

  async function take(before: Ticket, after: Ticket, personId: string): Promise<void> {
    const said = after.fields.merchant?.source === 'person' ? after.fields.merchant.value : null;
    if (said === null || !isNews(before, after)) return;
    const reading = await readings.get(after.id);
    if (!reading) return;
    const layout = layoutOf(reading);
    const merchant = { id: knownAs(catalog(), said), name: said.slice(0, 120) };
    const { id: ticketId, companyId } = after;
    await lessons.teach({
      ...{ ticketId, companyId, personId, merchant, taxId: sureTaxId(after) },
      ...{ permit: fuelSigns(layout).permit, fingerprint: fingerprintOf(layout) },
    });
    log.info({ ticketId, merchantId: merchant.id }, 'lesson taken');
    isStale = true;
  }

  async function teach(before: Ticket, after: Ticket, personId: string): Promise<void> {
    await take(before, after, personId).catch((err: unknown) => {
      log.warn({ err, ticketId: after.id }, 'a correction taught nothing');
    });
  }

  async function evidence(companyId: string, reading: Reading): Promise<Evidence[]> {
    await refresh();
    const layout = layoutOf(reading);
    const taxIds = layout.rows.flatMap((row) => findTaxIds(row.text).map(({ compact }) => compact));
    const clues = { taxIds, permit: fuelSigns(layout).permit, fingerprint: fingerprintOf(layout) };
    return learned.evidence(companyId, clues, catalog());
  }

  return { teach, evidence };
}

function isNews(before: Ticket, after: Ticket): boolean {
  const [was, is] = [before.fields.merchant, after.fields.merchant];
  return was?.source !== is?.source || was?.value !== is?.value;
}

/** The catalogue's merchant of that name, in any case and with or without accents. */
function knownAs({ merchants }: MerchantCatalog, said: string): string | null {
  const wanted = plain(said).trim();
  const isCalled = (name: string) => plain(name) === wanted;
  return merchants.find(({ name, aliases }) => isCalled(name) || aliases.some(isCalled))?.id ?? null;
}

function sureTaxId({ fields: { taxId } }: Ticket): string | null {
  return taxId && taxId.confidence >= 0.8 ? taxId.value.replace(/[^A-Z0-9Ñ&]/gi, '').toUpperCase() : null;
}
