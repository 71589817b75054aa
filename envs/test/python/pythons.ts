/** Pythons for the tests. What is not there is said aloud, and its tests are skipped. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const here = fileURLToPath(new URL('.', import.meta.url));
/** See fake.py: needs no package. */
export const fake = `${here}fake.py`;

export const asked = process.env['ENVS_PYTHON'] ?? 'python3';
const runs = (code: string): boolean => spawnSync(asked, ['-c', code]).status === 0;

/** A Python 3.9 or newer: any will do for the tests of the protocol. */
export const hasPython = runs('import sys; assert sys.version_info >= (3, 9)');
/** One with gymnasium and numpy. .ci/run makes one and names it in ENVS_PYTHON. */
export const hasGymnasium = hasPython && runs('import gymnasium, numpy; assert gymnasium.__version__ >= "1"');
export const hasAtari = hasGymnasium && runs('import ale_py');

if (!hasPython) console.warn(`SKIPPED: tests of the bridge: no Python 3.9+ at "${asked}"; set ENVS_PYTHON`);
else if (!hasGymnasium)
  console.warn(`SKIPPED: tests with gymnasium: "${asked}" has none; set ENVS_PYTHON to one that has`);

/** The error that `act` must throw. */
export function thrown(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

/** Is there such a process? A zombie does not count. */
export function isAlive(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.startsWith('Z');
}

/** How many processes there are of the group that this one leads or led; zombies do not count. */
export function groupOf(pid: number): number {
  const { stdout } = spawnSync('ps', ['-eo', 'pgid=,stat='], { encoding: 'utf8' });
  const all = stdout.split('\n').map((line) => line.trim().split(/\s+/));
  return all.filter(([group, stat]) => group === String(pid) && !stat!.startsWith('Z')).length;
}

export async function until(holds: () => boolean, milliseconds = 5000): Promise<boolean> {
  for (const end = Date.now() + milliseconds; Date.now() < end;) {
    if (holds()) return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
}
