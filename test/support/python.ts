/** A Python with packages that only some tests need: the one that ENVS_PYTHON names (.ci/run makes it), else python3. */
import { spawnSync } from 'node:child_process';

const asked = process.env['ENVS_PYTHON'] ?? 'python3';

/** Says so where it cannot: the tests are then skipped. */
export function canImport(module: string): boolean {
  const can = spawnSync(asked, ['-c', `import ${module}`]).status === 0;
  if (!can) console.warn(`SKIPPED: tests with ${module}: "${asked}" has none; set ENVS_PYTHON to one that has`);
  return can;
}

/** What the program prints, as JSON; stderr in the error of one that fails. */
export function python(code: string, ...args: string[]): unknown {
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' };
  const { status, stdout, stderr } = spawnSync(asked, ['-c', code, ...args], { encoding: 'utf8', env });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}
