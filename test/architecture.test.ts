import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { test } from 'node:test';
import { channelNames } from '../src/channels/registry.ts';

const root = resolve(import.meta.dirname, '..');

/** What each part may import besides itself. Parts that are missing here see everything: main, service, context, flow. */
const mayImport: Record<string, readonly string[]> = {
  domain: [],
  bus: ['domain', 'store'],
  store: ['domain', 'bus', 'secrets'],
  http: ['domain'],
  resilience: ['domain'],
  conversation: ['domain', 'store', 'notifier'],
  channels: ['domain', 'bus', 'http', 'store', 'conversation', 'secrets'],
  pipeline: ['domain', 'bus', 'store', 'channels', 'resilience'],
  notifier: ['domain', 'bus', 'store', 'channels', 'pipeline'],
  compliance: ['domain', 'store', 'channels', 'pipeline', 'notifier', 'resilience'],
  portals: ['domain', 'store', 'channels', 'pipeline'],
  accounting: ['domain', 'store', 'pipeline', 'resilience', 'conversation'],
  jobs: ['domain', 'bus', 'store', 'pipeline', 'compliance', 'accounting'],
  prediction: ['domain'],
  intelligence: ['domain', 'http', 'pipeline', 'prediction', 'notifier', 'api'],
  api: ['domain', 'bus', 'store', 'http', 'channels', 'pipeline', 'prediction', 'jobs', 'accounting'],
};

interface Import {
  file: string;
  target: string;
}

async function imports(folder: string): Promise<Import[]> {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && /\.ts$/.test(entry.name));
  const found = await Promise.all(
    files.map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      const text = await readFile(path, 'utf8');
      return [...text.matchAll(/from '(\.[^']+|[^'.][^']*)'/g)].map(([, target = '']) => ({
        file: relative(root, path),
        target: target.startsWith('.') ? relative(root, resolve(entry.parentPath, target)) : target,
      }));
    }),
  );
  return found.flat();
}

function partOf(path: string): string | undefined {
  return /^src\/([^/]+)\//.exec(path)?.[1];
}

test('imports go one way', async () => {
  const wrong = (await imports('src')).filter(({ file, target }) => {
    const [from, to] = [partOf(file), partOf(target)];
    const allowed = from ? mayImport[from] : undefined;
    if (!from || !allowed) return false;
    return target.startsWith('src/') && from !== to && !allowed.includes(to ?? '');
  });

  assert.deepEqual(wrong, []);
});

test('a channel never imports a sibling', async () => {
  const wrong = (await imports('src/channels')).filter(({ file, target }) => {
    const [from, to] = [file.split('/')[2], target.split('/')[2]];
    return (
      target.startsWith('src/channels/') &&
      from?.endsWith('.ts') === false &&
      to?.endsWith('.ts') === false &&
      from !== to
    );
  });

  assert.deepEqual(wrong, []);
});

test('each folder of channels is registered, and nothing else', async () => {
  const entries = await readdir(join(root, 'src/channels'), { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);

  assert.deepEqual(folders.sort(), [...channelNames].sort());
});

test('only the store, and the bus that lives in it, know mongoose', async () => {
  const users = (await imports('src')).filter(({ target }) => target === 'mongoose').map(({ file }) => partOf(file));

  assert.deepEqual([...new Set(users)].sort(), ['bus', 'store']);
});

test('only config reads the environment', async () => {
  const entries = await readdir(join(root, 'src'), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.ts'));
  const texts = await Promise.all(
    files.map(async (entry) => ({
      name: entry.name,
      text: await readFile(join(entry.parentPath, entry.name), 'utf8'),
    })),
  );

  assert.deepEqual(
    texts.filter(({ text }) => text.includes('process.env')).map(({ name }) => name),
    [],
  );
});
