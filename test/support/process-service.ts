import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const main = join(import.meta.dirname, '../../src/main.ts');
const startTimeoutMs = 60_000;

/** The service as a process of its own, on a free port. */
export interface RunningService extends AsyncDisposable {
  address: string;
  child: ChildProcess;
  /** Everything it has printed so far. */
  output(): string;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
}

export async function startServiceProcess(
  dataDir: string,
  env: Record<string, string> = {},
  args: readonly string[] = [],
): Promise<RunningService> {
  const ours = {
    DATA_DIR: dataDir,
    PORT: '0',
    OCR_WORKERS: '1',
    OCR_BACKENDS: 'paddle',
    LOG_LEVEL: 'info',
    COMPLIANCE: 'off',
  };
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...process.env, ...ours, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  child.stderr.on('data', (text) => {
    printed += String(text);
  });
  const address = await new Promise<string>((resolve, reject) => {
    const tooLate = setTimeout(() => reject(new Error(`the service did not start:\n${printed}`)), startTimeoutMs);
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}:\n${printed}`)));
    child.stdout.on('data', (text) => {
      printed += String(text);
      const found = /Recibot(?: intelligence)?: (http\S+)/.exec(printed)?.[1];
      if (!found) return;
      clearTimeout(tooLate);
      resolve(found);
    });
  });
  async function stop(): Promise<number | null> {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    return child.exitCode;
  }
  return { address, child, output: () => printed, stop, [Symbol.asyncDispose]: async () => void (await stop()) };
}
