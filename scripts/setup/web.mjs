// The web page, built by Vite into dist/web whenever its sources changed.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { found, remember } from './found.mjs';
import { problem, root, run } from './run.mjs';

/** The page bundles the notifier's words and the shapes of the domain too. */
const sources = ['web', 'src/notifier', 'src/domain', 'src/channels/webchat'].map((folder) => join(root, folder));
const configs = ['vite.config.ts', 'web/vite.config.ts'];

export const web = {
  title: { es: 'Página web', en: 'Web page' },
  isRequired: () => true,
  isDone: () => !config() || (existsSync(join(root, 'dist/web/index.html')) && found().web === sourcesHash()),
  run: async () => {
    const hash = sourcesHash();
    const vite = join(root, 'node_modules/vite/bin/vite.js');
    const node = join(root, 'node_modules/.bin/node');
    try {
      await run(node, [vite, 'build', '--config', config(), '--logLevel', 'warn'], { timeoutMs: 300_000 });
    } catch (error) {
      throw problem(error.message, `→ npx vite build --config ${config()}`, error);
    }
    remember({ web: hash });
  },
};

function config() {
  return configs.find((path) => existsSync(join(root, path)));
}

function sourcesHash() {
  const hash = createHash('sha256');
  const files = sources.filter((folder) => existsSync(folder)).flatMap(filesBelow);
  for (const path of [...files, ...configs.map((name) => join(root, name)), join(root, 'package-lock.json')]) {
    if (existsSync(path)) hash.update(`${path.slice(root.length)}\0`).update(readFileSync(path));
  }
  return hash.digest('hex');
}

function filesBelow(folder) {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesBelow(path);
    return entry.isFile() ? [path] : [];
  });
}
