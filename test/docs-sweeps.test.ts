/** The examples of docs/sweeps.md are what it says they are. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sweepOver } from '../src/experiment/sweep/sweep-over.ts';
import { readPlan } from '../src/results/sweep-plan.ts';
import { cliJson } from './support/cli.ts';
import { put, tempFolder } from './support/temp.ts';

const text = readFileSync('docs/sweeps.md', 'utf8');
const block = (language: string): string => new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(text)![1]!;

describe('the examples of the docs', () => {
  it.each([
    ['ts', 12, 5],
    ['json', 9, 5],
  ])('in %s can be planned', async (language, settings, seeds) => {
    const cwd = tempFolder(); // outside the repository, as a user's own
    const file = `./my-question.${language}`;
    put(cwd, file, block(language));
    const { plan: path } = await cliJson<{ plan: string }>(cwd, 'sweep', file, '--dry-run');
    const plan = readPlan(path);
    expect([plan.experiment, plan.settings.length, plan.seeds.length]).toEqual(['my-question', settings, seeds]);
    expect(new Set(plan.settings.map(({ label }) => label)).size).toBe(settings);
  });

  it('of --set is twelve settings', () => {
    const values = [...text.matchAll(/--set 'agent\.rule\.\w+=(\S+)'/g)].map(
      ([, value]) => JSON.parse(value!) as unknown,
    );
    expect(values).toHaveLength(2);
    expect(sweepOver({ alpha: values[0], lambda: values[1] })).toHaveLength(12);
  });
});
