// node_modules as package-lock.json says, Node 24 included (the `node` package).
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { problem, root, run } from './run.mjs';

const timeoutMs = 900_000;

export const dependencies = {
  title: { es: 'Dependencias de npm y Node 24', en: 'npm dependencies and Node 24' },
  isRequired: () => true,
  isDone: () => existsSync(join(root, 'node_modules/.bin/node')) && isInstalled(),
  run: async () => {
    // Not `npm ci`: it refuses a lock file that lacks other platforms' optional binaries, as one made against a mirror does.
    const install = ['install', '--no-save', '--no-audit', '--no-fund', '--include=dev', '--include=optional'];
    // Without a network npm tries each package for minutes; from its cache it either succeeds or says at once what is missing.
    const offline = (await hasNetwork()) ? [] : ['--offline'];
    try {
      await npm([...install, '--loglevel=error', ...offline], timeoutMs);
    } catch (error) {
      throw problem(error.message, '→ revise la red y repita · check the network and repeat: npm install', error);
    }
    if (!existsSync(join(root, 'node_modules/.bin/node'))) {
      throw problem('npm no instaló Node 24 · npm did not install Node 24', '→ npm rebuild node');
    }
  },
};

/** Runs the npm that runs this script, so that no other is needed on PATH. */
function npm(args, limitMs) {
  const path = process.env.npm_execpath;
  const [program, ...first] = path?.endsWith('.js') ? [process.execPath, path] : ['npm'];
  return run(program, [...first, ...args], { timeoutMs: limitMs });
}

function hasNetwork() {
  return npm(['ping', '--fetch-retries=0'], 20_000).then(
    () => true,
    (error) => !/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|EHOSTUNREACH|did not end/.test(error.message),
  );
}

/** npm keeps what it installed in node_modules/.package-lock.json. Optional packages are those of other platforms. */
function isInstalled() {
  const wanted = packagesOf('package-lock.json');
  const found = packagesOf('node_modules/.package-lock.json');
  if (!wanted || !found) return false;
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional || found[path]?.version === entry.version,
  );
}

function packagesOf(path) {
  try {
    return JSON.parse(readFileSync(join(root, path), 'utf8')).packages;
  } catch {
    return undefined;
  }
}
