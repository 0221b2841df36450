import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const HERE = new URL('.', import.meta.url);

/** Installs what the widget is measured against, unless it is there as the lockfile wants it. */
export function installPeers(): void {
  const note = new URL('node_modules/.package-lock.json', HERE);
  if (existsSync(note) && sameVersions(note)) return;
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: fileURLToPath(HERE),
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error('npm ci in bench/performance failed');
}

type Lock = { packages: Record<string, { version?: string }> };
const read = <T>(file: URL): T => JSON.parse(readFileSync(file, 'utf8')) as T;

function sameVersions(note: URL): boolean {
  const wanted = read<Lock>(new URL('package-lock.json', HERE)).packages;
  const there = read<Lock>(note).packages;
  return Object.entries(there).every(([name, { version }]) => wanted[name]?.version === version);
}

/** Version of a package of ours, or of bench/performance. */
export function versionOf(name: string, here = true): string {
  return read<{ version: string }>(new URL(`${here ? '' : '../../'}node_modules/${name}/package.json`, HERE))
    .version;
}
