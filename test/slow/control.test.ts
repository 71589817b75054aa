/** Bakker's T-maze of length 10, by the command line as anybody would: who remembers the sign, and who cannot. */
import { describe, expect, it } from 'vitest';
import { cli, type RunJson } from '../support/cli.ts';
import { tempFolder } from '../support/temp.ts';

const cwd = tempFolder();
const SEEDS = 5;

/** Share of the last tenth's episodes that ended in the good arm, one per seed. */
async function successOf(agent: string, steps: number, set: readonly string[] = []): Promise<number[]> {
  const assignments = set.flatMap((one) => ['--set', one]);
  const args = ['run', '--agent', agent, '--env', 't-maze', '--steps', `${steps}`, '--seeds', `${SEEDS}`];
  const { code, stdout, stderr } = await cli(cwd, ...args, ...assignments, '--json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const shares = (JSON.parse(stdout) as (RunJson & { success: number })[]).map(({ success }) => success);
  console.log(agent, ...set, shares);
  return shares;
}

/** 20 LSTM columns, which begin with a memory of some steps. */
const COLUMNS = [
  'agent.cell={"id":"lstm-columns","columns":20,"scale":0.3,"forgetBias":1}',
  'agent.rule.lambda=0.9',
] as const;

describe("Bakker's T-maze of length 10", () => {
  it('is solved by an actor-critic on trace units, with every seed', async () => {
    expect(Math.min(...(await successOf('actor-critic', 200_000)))).toBeGreaterThanOrEqual(0.95);
  });

  it('is solved on columns that learn what to remember, and not on the same columns as they were drawn', async () => {
    expect(Math.min(...(await successOf('actor-critic', 250_000, COLUMNS)))).toBeGreaterThanOrEqual(0.95);
    const fixed = await successOf('actor-critic', 250_000, [...COLUMNS, 'agent.estimator.id=none']);
    expect(Math.max(...fixed)).toBeLessThan(0.9);
  });

  it('is a matter of chance to an actor-critic without a memory', async () => {
    for (const share of await successOf('actor-critic-no-memory', 200_000)) {
      expect(Math.abs(share - 0.5)).toBeLessThan(0.05);
    }
  });
});
