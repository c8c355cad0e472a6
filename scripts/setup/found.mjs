// What set-up found on the machine, kept in .runtime/setup.json for the next run and for the tests.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runtimeDir } from './run.mjs';

const path = join(runtimeDir, 'setup.json');

export function found() {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return {};
  }
}

export function remember(entries) {
  mkdirSync(runtimeDir, { recursive: true });
  writeFileSync(path, `${JSON.stringify({ ...found(), ...entries }, null, 2)}\n`);
}
