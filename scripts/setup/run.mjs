// Commands with a time limit; their output goes to .runtime/setup.log, its end into the error.
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const runtimeDir = join(root, '.runtime');
const logPath = join(runtimeDir, 'setup.log');

/** An error that says what the user can do. */
export function problem(message, remedy, cause) {
  return Object.assign(new Error(message, { cause }), { remedy });
}

/** Runs a program to its end and gives its standard output. Throws after `timeoutMs` or on an exit code other than 0. */
export function run(program, args, { timeoutMs, env = {}, cwd = root }) {
  mkdirSync(runtimeDir, { recursive: true });
  appendFileSync(logPath, `\n$ ${program} ${args.join(' ')}\n`);
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, NO_COLOR: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: timeoutMs,
    });
    let stdout = '';
    let both = '';
    const keep = (chunk) => {
      both = (both + chunk).slice(-8000);
      appendFileSync(logPath, chunk);
    };
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
      keep(chunk);
    });
    child.stderr.on('data', keep);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) return resolve(stdout);
      const how = signal ? `no terminó en · did not end within ${timeoutMs / 1000} s` : `código · code ${code}`;
      reject(new Error(`${program} ${args[0] ?? ''}: ${how}\n${fewLines(both)}\n(${logPath})`));
    });
  });
}

function fewLines(text) {
  const lines = text.trim().split('\n');
  return lines.length > 16 ? [...lines.slice(0, 8), '…', ...lines.slice(-8)].join('\n') : lines.join('\n');
}

/** The full path of the first of `names` on PATH or in `folders`; undefined when there is none. */
export function which(names, folders = []) {
  const places = [...(process.env.PATH ?? '').split(delimiter), ...folders];
  for (const name of names) {
    for (const place of places) if (place && existsSync(join(place, name))) return join(place, name);
  }
  return undefined;
}

export function isRoot() {
  return process.getuid?.() === 0;
}
