/** Experiments and studies that are files of the user's own, TypeScript and JSON, from the command line. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli, cliJson, mistake, type RunJson } from '../support/cli.ts';
import { put, tempFolder } from '../support/temp.ts';

const cwd = tempFolder();
put(
  cwd,
  'my question.ts',
  `import { defineExperiment, sweepOver } from 'agent-state';

export default defineExperiment({
  question: 'Does the step size matter here?',
  title: 'Step sizes',
  sweep: (full) =>
    sweepOver({
      agent: 'columnar-td',
      agentOptions: { rule: { alpha: [0.001, 0.01] } },
      env: { id: 'cycle-world' },
      steps: full ? 900 : 600,
    }),
  seeds: () => 1,
});
`,
);
const JSON_EXPERIMENT = {
  question: 'Does the step size matter here?',
  sweep: {
    agent: 'columnar-td',
    agentOptions: { rule: { alpha: { $log10: [-3, -2] } } },
    env: { id: 'cycle-world' },
    steps: 600,
  },
  seeds: 1,
  full: { seeds: 2 },
};
put(cwd, 'mine.json', JSON.stringify(JSON_EXPERIMENT));
put(
  cwd,
  'my-study.ts',
  `import { defineStudy } from 'agent-state';

export default defineStudy({
  question: 'How large are small numbers?',
  title: 'Small numbers',
  cite: 'sutton2018reinforcement',
  measures: { size: 'the size' },
  sweep: () => [1, 2].map((n) => ({ n })),
  seeds: () => 2,
  measure: ({ n }, seed) => ({ size: n + seed / 10 }),
  figures: [],
});
`,
);

describe("a user's own experiment", () => {
  it('has the same runs in either language, in a folder of its name', async () => {
    const files = ['./my question.ts', 'mine.json'];
    const found = await Promise.all(files.map((file) => cliJson<RunJson[]>(cwd, 'run', file)));
    const [figures, others] = found.map((runs) => runs.map(({ folder, msre }) => [folder.split('/').slice(-2), msre]));
    expect(figures).toEqual(others);
    expect(figures![0]).not.toEqual(figures![1]); // control: another step size, another folder and another error
    expect(found.map(([run]) => run!.folder.split('/').at(-3))).toEqual(['my-question', 'mine']);
  });

  it('may be a study, measured in other processes, once', async () => {
    const first = await cli(cwd, 'run', './my-study.ts');
    expect({ code: first.code, stderr: first.stderr.includes('were measured before') }).toEqual({
      code: 0,
      stderr: false,
    });
    const folder = join(cwd, 'results', 'my-study', 'measured');
    const [file] = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
    const sizes = readFileSync(join(folder, file!), 'utf8').match(/"size":[\d.]+/g);
    expect(sizes!.sort()).toEqual(['"size":1', '"size":1.1', '"size":2', '"size":2.1']);
    const second = await cli(cwd, 'run', './my-study.ts');
    expect(second.stderr).toContain('4 of 4 were measured before');
    expect(second.stdout).toBe(first.stdout);
  });

  it('that is none is refused in one line', async () => {
    expect(await mistake(cwd, 'run', './nowhere.json')).toContain('Cannot load ./nowhere.json: no such file');
  });
});
