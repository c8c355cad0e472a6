import type { Logger } from 'pino';
import { Failure, toFailure } from '../../../domain/failure.ts';
import { createGuardedCall, type GuardedCall } from '../../../resilience/guarded-call.ts';
import type { ProviderMeter } from '../../../resilience/provider-metrics.ts';
import { scaleLine } from '../engine.ts';
import { meanConfidence } from '../read-document.ts';
import type { LocalReader, Prepared, Reader, ReadRequest } from '../reader.ts';
import { arrangeRows } from '../rows.ts';
import type { AnswerCache } from './kept-answers.ts';
import { type OutsideRecogniser, type RecognisedPage, Refusal } from './recogniser.ts';

export type ChainedReaderOptions = {
  readonly local: LocalReader;
  /** Recognisers in order; the local ones stand together where the first of them stands. */
  readonly chain: readonly (OutsideRecogniser | 'local')[];
  /** Free ones first, whatever the order says. */
  readonly isCheapestFirst: boolean;
  readonly cache: AnswerCache;
  readonly meter: ProviderMeter;
  readonly log: Pick<Logger, 'warn'>;
  /** For one provider and document. Default 30 s. */
  readonly timeoutMs?: number;
  /** How long a provider that failed five times in a row is left alone. Default 30 s. */
  readonly openMs?: number;
};

type Link = { readonly recogniser: OutsideRecogniser; readonly call: GuardedCall };

/**
 * Reads with recognisers elsewhere and here, in order, until one works. Text that a document carries itself and its codes are read here
 * first: nobody is asked, or paid, for those. Throws like `Reader`; `reader-unavailable` when all failed.
 */
export function createChainedReader(options: ChainedReaderOptions): Reader {
  const { local, cache, meter, log, timeoutMs = 30_000, openMs = 30_000 } = options;
  const links = ordered(options).map((link) => {
    if (link === 'local') return link;
    const isOutage = (error: unknown) => !(error instanceof Refusal);
    return { recogniser: link, call: createGuardedCall({ provider: link.name, timeoutMs, openMs, isOutage, meter }) };
  });

  async function read(request: ReadRequest) {
    if (request.look || links[0] === 'local') return local.read(request).catch((error) => afterLocal(request, error));
    return readPrepared(request, links);
  }

  async function afterLocal(request: ReadRequest, error: unknown) {
    const rest = links.slice(links.indexOf('local') + 1);
    if (request.look || rest.length === 0 || toFailure(error).code !== 'reader-unavailable') throw error;
    return readPrepared(request, rest);
  }

  async function readPrepared(request: ReadRequest, chain: readonly (Link | 'local')[]) {
    const began = performance.now();
    const prepared = await local.prepare(request);
    if (prepared.pages.length === 0) return prepared.reading;
    for (const link of chain) {
      try {
        if (link === 'local') return await local.read(request);
        const pages = await ask(link, request, prepared);
        return assembled(prepared, link.recogniser.name, pages, Math.round(performance.now() - began));
      } catch (error) {
        request.signal?.throwIfAborted();
        const engine = link === 'local' ? link : link.recogniser.name;
        log.warn({ engine, err: error }, 'text recogniser failed');
      }
    }
    throw new Failure('reader-unavailable', 'retry', 'every text recogniser failed on this document');
  }

  function ask({ recogniser, call }: Link, request: ReadRequest, { pages }: Prepared): Promise<RecognisedPage[]> {
    const { bytes, mime, profile, signal } = request;
    const document = { bytes, mime, profile, pages };
    const answer = () => call.run((limit) => recogniser.read(document, limit), signal);
    return cache.of(recogniser, document, answer, () => meter.cacheHit(recogniser.name));
  }

  return { read, close: local.close };
}

function ordered({ chain, isCheapestFirst }: ChainedReaderOptions): readonly (OutsideRecogniser | 'local')[] {
  if (!isCheapestFirst) return chain;
  const cost = (link: OutsideRecogniser | 'local') => (link === 'local' ? 0 : link.centsPerThousandPages);
  return chain.toSorted((a, b) => cost(a) - cost(b));
}

/** The prepared reading with the pictures' pages filled in. */
function assembled({ reading, pages: jpegs }: Prepared, provider: string, read: readonly RecognisedPage[], ms: number) {
  const pages = reading.pages.map((page) => {
    const jpeg = jpegs.find(({ number }) => number === page.number);
    const lines = read.find(({ number }) => number === page.number)?.lines;
    if (!jpeg || !lines) return page;
    const scaled = lines.map((line) => scaleLine(line, page.width / jpeg.width, page.height / jpeg.height));
    return { ...page, ...arrangeRows(scaled) };
  });
  const providers = reading.provider === '' ? [provider] : [reading.provider, provider];
  return { ...reading, provider: providers.join('+'), confidence: meanConfidence(pages), ms, pages };
}
