import { spawnSync } from 'node:child_process';

/**
 * Looks whether PHP is here, and can run Laravel on a database in a file.
 * @returns {{ missing?: string }} what is missing, in words
 */
export function lookAtPhp() {
  const script = 'echo PHP_VERSION, " ", implode(",", get_loaded_extensions());';
  const { status, stdout } = spawnSync('php', ['-r', script], { encoding: 'utf8' });
  if (status !== 0) return { missing: 'there is no php on this machine' };
  const [version = '', loaded = ''] = stdout.split(' ', 2);
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < 8 || (major === 8 && minor < 2)) return { missing: `PHP is ${version}, and 8.2 is needed` };
  const absent = ['mbstring', 'pdo_sqlite', 'curl', 'dom'].filter(
    (name) => !loaded.split(',').includes(name),
  );
  if (absent.length > 0) return { missing: `PHP is here without ${absent.join(', ')}` };
  return {};
}
