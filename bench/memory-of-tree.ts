import { readdir, readFile } from 'node:fs/promises';

/** Proportional memory (PSS, bytes) of a process and all its descendants; Linux only, 0 elsewhere. What they share counts once. */
export async function memoryOfTree(root: number): Promise<number> {
  const entries = await readdir('/proc').catch(() => []);
  const parents = new Map<number, number>();
  await Promise.all(
    entries
      .filter((name) => /^\d+$/.test(name))
      .map(async (name) => {
        const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
        const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
        parents.set(Number(name), parent);
      }),
  );
  const isOurs = (pid: number): boolean => pid === root || (parents.has(pid) && isOurs(parents.get(pid) ?? 0));
  const sizes = await Promise.all([...parents.keys()].filter(isOurs).map(pssOf));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function pssOf(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  return Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) * 1_024;
}
