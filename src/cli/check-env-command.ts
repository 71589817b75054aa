/** agent-state check-env <id|file>: the environment contract, rule by rule. */
import { checkEnv } from '@rl-tools/envs';
import { loadWorld } from '../run/world.ts';
import { parseRooted } from './overrides.ts';
import { printJson } from './print-json.ts';

export async function checkEnvCommand(id: string, options: { set: readonly string[]; json?: boolean }): Promise<void> {
  const { env: given = {} } = parseRooted(options.set, ['env']);
  const report = checkEnv((await loadWorld({ ...given, id })).make);
  const errors = report.filter(({ ok, level }) => !ok && level === 'error');
  if (options.json) printJson({ env: id, ok: errors.length === 0, rules: report });
  else {
    for (const { ok, level, message } of report)
      console.log(`${ok ? 'ok     ' : level === 'error' ? 'FAIL   ' : 'warning'} ${message}`);
    console.log(
      errors.length === 0 ? `${id} keeps the contract` : `${id} breaks ${errors.length} of ${report.length} rules`,
    );
  }
  if (errors.length > 0) process.exitCode = 2;
}
