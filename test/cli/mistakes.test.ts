/** Whatever a person gets wrong is one line on stderr that names it, exit code 2, and no stack trace. */
import { describe, expect, it } from 'vitest';
import { cli, mistake } from '../support/cli.ts';
import { put, tempFolder } from '../support/temp.ts';
import { LEAKY_CELL, ringWith, TAME_AGENT } from '../support/user-files.ts';

const folder = tempFolder();
const pair = ['run', '--agent', 'columnar-td', '--env', 'cycle-world', '--steps', '300'];

describe.concurrent('a name that nobody knows', () => {
  const cases: [string, string[], string][] = [
    ['experiment', ['run', 'trace-paterning'], 'did you mean "trace-patterning"?'],
    ['agent', ['run', '--agent', 'columnar', '--env', 'cycle-world'], 'Cannot find "columnar" in agents: '],
    ['environment', ['run', '--agent', 'columnar-td', '--env', 'cycle-word'], 'did you mean "cycle-world"?'],
    ['cell', [...pair, '--cell', 'lstm-colums'], 'did you mean "lstm-columns"?'],
    ['estimator', [...pair, '--estimator', 'rtlr'], 'did you mean "rtrl"?'],
    ['rule', [...pair, '--rule', 'td-lamda'], 'did you mean "td-lambda"?'],
    ['kind', ['list', 'cels'], 'did you mean "cells"?'],
    ['cell to check', ['gradcheck', 'lstm-colums', 'rtrl'], 'did you mean "lstm-columns"?'],
    ['command', ['lst', 'cells'], '(Did you mean list?)'],
    ['flag', [...pair, '--step', '5'], '(Did you mean --steps?)'],
    ['agent of an experiment', ['run', 'trace-patterning', '--agent', 'nobody'], 'its agents are columnar-td, '],
  ];
  it.each(cases)('%s', async (_, args, words) => {
    expect(await mistake(folder, ...args)).toContain(words);
  });
});

describe.concurrent('a value that cannot be', () => {
  const cases: [string, string[], string][] = [
    ['a path that is not there', ['--set', 'agent.cel.columns=3'], 'there is no option agent.cel'],
    ['an option that is not there', ['--set', 'agent.cell.colums=3'], 'there is no option colums'],
    ['an option of the environment', ['--set', 'env.state=3'], 'there is no option state'],
    ['no path at all', ['--set', 'columns'], 'write path=value, such as agent.cell.columns=20'],
    ['a wrong type', ['--set', 'agent.cell.columns=many'], 'columns: expected number, got "many"'],
    ['out of range', ['--set', 'agent.rule.alpha=-1'], 'got -1'],
    ['steps', ['--steps', 'many'], 'Cannot use --steps many: it must be a positive whole number'],
    ['no steps', ['--steps', '0'], 'Cannot use --steps 0'],
    ['seeds', ['--seeds', 'three'], 'Cannot use --seeds three: write 10, 3,5,7 or 100-104'],
    ['no seeds', ['--seeds', '0'], 'Cannot use --seeds 0'],
    ['seeds backwards', ['--seeds', '9-3'], 'no seed is named'],
    ['seeds without end', ['--seeds', '0-99999999999'], 'too many'],
    ['discount', ['--discount', 'high'], 'Cannot use --discount high: it must be a number'],
    ['a discount above 1', ['--discount', '1.5'], 'discount: '],
    ['jobs', ['--jobs', '0'], 'Cannot use --jobs 0'],
    ['checkpoints', ['--checkpoint-every', '-5'], 'Cannot use --checkpoint-every -5'],
    ['something to include', ['--include', 'lastObservation'], 'include.0: '],
    ['a checkpoint that is not there', ['--load', 'nowhere'], 'Cannot load nowhere'],
  ];
  it.each(cases)('%s', async (_, args, words) => {
    expect(await mistake(folder, ...pair, ...args)).toContain(words);
  });
});

describe.concurrent('a command that does not fit together', () => {
  const cases: [string, string[], string][] = [
    ['nothing to run', ['run'], 'name an experiment (agent-state list experiments), or --agent and --env'],
    [
      'an experiment and an environment',
      ['run', 'trace-patterning', '--env', 'cycle-world'],
      'brings its own environment',
    ],
    [
      'a setting of nothing',
      ['gradcheck', 'tanh', 'rtrl', '--set', 'agent.cell.units=3'],
      'write cell.<option>=value or ',
    ],
    [
      'a setting of nothing in an environment',
      ['check-env', 'cycle-world', '--set', 'states=3'],
      'write env.<option>=value',
    ],
    ['a folder that holds no run', ['resume', '.'], 'there is no run.json in it'],
    ['no kind', ['list'], "missing required argument 'kind'"],
  ];
  it.each(cases)('%s', async (_, args, words) => {
    expect(await mistake(folder, ...args)).toContain(words);
  });
});

describe.concurrent('a results folder that cannot be written', () => {
  it('because a file is in the way', async () => {
    const file = put(folder, 'in-the-way', '');
    expect(await mistake(folder, ...pair, '--results', file)).toBe(
      `agent-state: Cannot write results to ${file}: a file stands where a folder is needed; pass --results <folder>`,
    );
  });
});

describe.concurrent('a file of the user', () => {
  const env = (text: string, name: string): string[] => {
    return ['run', '--agent', 'columnar-td', '--steps', '300', '--env', put(folder, `${name}.ts`, text)];
  };
  const step = 'return [this.look(), this.place === 0 ? 1 : 0, false, false, {}];';
  const cases: [string, string[], string][] = [
    ['that is not there', ['run', '--agent', 'columnar-td', '--env', './nowhere.ts'], 'there is no such file'],
    ['with a syntax error', env('export default class {{', 'syntax'), 'Cannot load '],
    [
      'that exports no environment',
      env('export default 5;', 'five'),
      'its default export must be a class that extends Env',
    ],
    [
      'whose function makes none',
      env('export default () => 5;', 'made'),
      'its default export must be a class that extends Env',
    ],
    [
      'whose constructor throws',
      env('export default () => { throw new Error("not\\ntoday"); };', 'ctor'),
      'Cannot make environment ',
    ],
    [
      'without a discount',
      env(ringWith('discount: 0.5', 'discount: null'), 'gamma'),
      'it names no discount; pass --discount',
    ],
    [
      'with observations of a wrong length',
      env(ringWith(step, 'return [new Float64Array(2), 0, false, false, {}];'), 'short'),
      'broke its contract at step 1: observation has 2 entries, observationSpace says 3',
    ],
    [
      'with a reward that is no number',
      env(ringWith(step, 'return [this.look(), NaN, false, false, {}];'), 'reward'),
      'broke its contract at step 1: reward is NaN',
    ],
    [
      'with a tuple of four',
      env(ringWith(step, 'return [this.look(), 0, false, {}] as never;'), 'four'),
      'step() must return [observation, reward, terminated, truncated, info]',
    ],
    [
      'that throws in the middle',
      env(ringWith(step, `if (this.rng.uniform() < 0.1) throw new Error('no');\n${step}`), 'throws'),
      'Environment ring failed at step ',
    ],
    ['that is no cell', [...pair, '--cell', put(folder, 'no-cell.ts', 'export default {};')], 'must be a part'],
    [
      'that is a cell that throws',
      [
        ...pair,
        '--cell',
        put(folder, 'bad.ts', LEAKY_CELL.replace('const shape', "throw new Error('no');\nconst shape")),
      ],
      'Cannot create ',
    ],
    [
      'that is no agent',
      ['run', '--env', 'cycle-world', '--agent', put(folder, 'no-agent.ts', 'export default { cell: 5 };')],
      'Cannot use agent ',
    ],
    [
      'that is an agent with a wrong part',
      ['run', '--env', 'cycle-world', '--agent', put(folder, 'agent.ts', TAME_AGENT.replace('td-lambda', 'td'))],
      'Cannot find "td" in step-sizes',
    ],
  ];
  it.each(cases)('%s', async (_, args, words) => {
    expect(await mistake(folder, ...args)).toContain(words);
  });
});

it('what is right is not a mistake', async () => {
  const { code, stderr } = await cli(folder, ...pair, '--set', 'agent.cell.columns=2', '--seeds', '3,5', '--jobs', '2');
  expect(code).toBe(0);
  expect(stderr).toMatch(/^1\/2 columnar-td seed [35]: done after 300 steps.*\n2\/2 columnar-td seed [35]: done.*\n$/);
});
