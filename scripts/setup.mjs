// Makes a fresh clone ready: `node scripts/setup.mjs start` before `npm start`, `node scripts/setup.mjs test` before `npm test`.
// Runs before anything is installed: plain JavaScript for Node 18 and newer, no dependencies.
import { chromium } from './setup/chromium.mjs';
import { dependencies } from './setup/dependencies.mjs';
import { glibc } from './setup/glibc.mjs';
import { withLock } from './setup/lock.mjs';
import { rabbitmq } from './setup/rabbitmq.mjs';
import { header, say, skipped, stepDone, stepFailed, ticking } from './setup/terminal.mjs';
import { web } from './setup/web.mjs';

/**
 * A step: `isDone()` is quick; `run()` throws an Error whose `remedy` says what the user can do. Without a required step nothing works;
 * without another some tests are skipped, which is said loudly.
 */
const steps = {
  start: [dependencies, glibc, web],
  test: [dependencies, glibc, web, rabbitmq, chromium],
};

async function setUp(mode) {
  const wanted = steps[mode];
  if (!wanted) throw new Error('usage: node scripts/setup.mjs start|test');
  const missing = [];
  for (const step of wanted) if (!(await step.isDone())) missing.push(step);
  if (missing.length === 0) return;
  header(mode);
  await withLock(async () => {
    for (const step of missing) await carryOut(step);
  });
}

async function carryOut(step) {
  // Another set-up may have done it while this one waited.
  if (await step.isDone()) return;
  const startedAt = Date.now();
  const stop = ticking(step.title);
  try {
    await step.run();
    stop();
    stepDone(step.title, Date.now() - startedAt);
  } catch (error) {
    stop();
    if (step.isRequired()) {
      stepFailed(step.title, error);
      process.exitCode = 1;
      throw error;
    }
    skipped(step.title, error);
  }
}

try {
  await setUp(process.argv[2] ?? 'start');
} catch (error) {
  if (!process.exitCode) say(`✖ ${error.message}`);
  process.exitCode = 1;
}
