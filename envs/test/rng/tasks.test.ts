import { expect, test } from 'vitest';
import { checkEnv } from '../../check.ts';
import type { EnvPart } from '../../part.ts';
import { createEnv } from '../../create-env.ts';
import { listEnvs, loadEnv } from '../../registry.ts';
import type { RngKind } from '../../rng.ts';

/** Rules that do not hold; two seeds may toss the same coin, which is no fault. */
function broken(id: string, part: EnvPart, rng: RngKind): string[] {
  const report = checkEnv(() => createEnv(id, part, { rng }));
  return report.filter(({ ok, rule }) => !ok && rule !== 'other-seed').map(({ rule }) => rule);
}

test.each(listEnvs())('%s keeps its contract under every generator, if it can choose one', async (id) => {
  const part = await loadEnv(id);
  if (!('useRng' in part.create(part.options.parse({})))) {
    expect(() => createEnv(id, part, { rng: 'numpy' })).toThrow('it has no Rng of ours to choose');
    return;
  }
  for (const rng of ['numpy', 'mt19937'] as const) expect(broken(id, part, rng)).toEqual(broken(id, part, 'fast'));
});
