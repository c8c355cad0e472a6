import { fileURLToPath } from 'node:url';
import type { Config } from '../config/env.ts';
import { createLog } from './create-log.ts';
import { startIntelligence } from './intelligence/start.ts';
import { latestDate } from './pipeline/latest-date.ts';
import { openLiveUnderstanding } from './pipeline/live-understanding.ts';
import { createAttentiveReader } from './pipeline/look-again.ts';
import { createReader } from './pipeline/read/reader.ts';
import { untilSignal } from './signals.ts';
import { systemClock } from './system-clock.ts';

const configDir = fileURLToPath(new URL('../config', import.meta.url));

/** The intelligence service alone, until a signal: no database, no bus, no channels; a reading thread on every core. */
export async function runIntelligence(config: Config): Promise<void> {
  const log = createLog(config);
  const clock = systemClock;
  await using cleanup = new AsyncDisposableStack();
  const { rulesDir } = config.understanding;
  const understanding = cleanup.use(await openLiveUnderstanding({ configDir, rulesDir, clock, log }));
  const { classify, extract } = understanding;
  const local = cleanup.adopt(await createReader({ ...config.ocr, log }), (opened) => opened.close());
  const today = () => latestDate(clock.now());
  const reader = createAttentiveReader({ reader: local, classify, extract, today, log });
  const service = cleanup.use(await startIntelligence(config, { reader, understanding, clock, log }));
  log.info({ address: service.address, workers: config.ocr.workers }, 'ready');
  process.stdout.write(`\n  Recibot intelligence: ${service.address}\n\n`);
  const signal = await untilSignal();
  log.info({ signal }, 'draining');
}
