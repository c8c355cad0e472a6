import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const main = join(import.meta.dirname, '../../src/main.ts');

/** A process that is started again whenever it ends, as systemd or Kubernetes would, until it is stopped. */
export interface Kept {
  readonly starts: number;
  /** kill -9; the keeper starts the next one. */
  kill(): void;
  /** SIGTERM, and no more starts; resolves when it is gone. */
  stop(): Promise<void>;
}

export function keepRunning(env: Record<string, string>, onOutput: (text: string) => void = () => undefined): Kept {
  let child: ChildProcess;
  let starts = 0;
  let isStopped = false;
  function start(): void {
    starts += 1;
    child = spawn(process.execPath, [main], {
      env: { ...process.env, COMPLIANCE: 'off', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout?.on('data', (text) => onOutput(String(text)));
    child.stderr?.on('data', (text) => onOutput(String(text)));
    child.once('exit', () => !isStopped && start());
  }
  start();
  return {
    get starts() {
      return starts;
    },
    kill: () => void child.kill('SIGKILL'),
    stop: async () => {
      isStopped = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
