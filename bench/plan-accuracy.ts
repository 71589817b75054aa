/**
 * Does a planned time hold? Plans learners, runs them, and prints planned and measured microseconds per step:
 *   node dist/bench/plan-accuracy.js
 * The goal is a factor of two. Steps that are short are timed by the plan itself; of interest are the long ones.
 */
import type { AgentConfig, Choice } from '../src/agent.ts';
import { assembleReference } from '../src/assemble.ts';
import { estimatorLabel } from '../src/estimator-variants.ts';
import { cpuClock } from '../src/plan/cpu-clock.ts';
import { stepTime } from '../src/plan/step-time.ts';
import { markdownTable } from '../src/plots/table.ts';
import { FULL } from './effort.ts';
import { machine } from './machine.ts';
import { progress } from './progress.ts';
import { recipe, rule } from './recipes.ts';
import { sample, warm } from './timing.ts';
import { variant } from './variant.ts';

const INPUTS = 16;
const PATHS = ['compiled', 'reference'] as const;

const CASES: readonly (readonly [cell: Choice, estimator: Choice])[] = [
  [{ id: 'lstm-columns', columns: 64 }, { id: 'columnar' }],
  [{ id: 'lstm-columns', columns: 4096 }, { id: 'columnar' }],
  [
    { id: 'gru', units: 32 },
    { id: 'snap', n: 1 },
  ],
  [
    { id: 'gru', units: 768 },
    { id: 'snap', n: 1 },
  ],
  [{ id: 'gru', units: 48 }, { id: 'rtrl' }],
  [{ id: 'lstm', units: 32 }, { id: 'rtrl' }],
  [{ id: 'tanh', units: 96 }, { id: 'rtrl' }],
  [
    { id: 'tanh', units: 256, density: 0.0625 },
    { id: 'snap', n: 2 },
  ],
  [
    { id: 'gru', units: 128, density: 0.0625, mask: 'shared' },
    { id: 'snap', n: 2 },
  ],
  [
    { id: 'gru', units: 128 },
    { id: 'tbptt', window: 50 },
  ],
  [{ id: 'gru', units: 512 }, { id: 'uoro' }],
  [{ id: 'lstm', units: 96 }, { id: 'kf-rtrl' }],
  [
    { id: 'gru', units: 48 },
    { id: 'ok', rank: 4 },
  ],
  [{ id: 'tanh', units: 512 }, { id: 'kernl' }],
];

const rows: string[][] = [];
const factors: number[] = [];
for (const [cell, estimator] of CASES) {
  const agent: AgentConfig = recipe(cell, estimator, rule('td-lambda', Number(cell['units'] ?? cell['columns'])));
  for (const path of PATHS) {
    const { cost, parts } = await assembleReference(agent, { inputSize: INPUTS, seed: 0 });
    if (path === 'compiled' && !parts.estimator.kernel) continue;
    progress(`${path} ${cell.id} ${estimatorLabel(estimator)}`);
    const needs = { inputSize: INPUTS, seed: 0, path, precision: 'f32', cost, clock: cpuClock } as const;
    const planned = await stepTime(agent, needs);
    const measured = sample(warm(await variant(agent, { inputSize: INPUTS, path }), FULL), 1000) / 1000;
    const factor = Math.max(planned!.us / measured, measured / planned!.us);
    factors.push(factor);
    rows.push([
      JSON.stringify(cell),
      estimatorLabel(estimator),
      path,
      cost.macsPerStep.toLocaleString('en'),
      `${planned!.isTimed ? '' : '~'}${planned!.us.toPrecision(3)}`,
      measured.toPrecision(3),
      factor.toFixed(2),
    ]);
  }
}
const right = (title: string) => ({ title, align: 'right' as const });
const columns = [{ title: 'cell' }, { title: 'estimator' }, { title: 'path' }, right('MACs'), right('planned us')];
console.log(`${machine()}\n`);
console.log(markdownTable([...columns, right('measured us'), right('factor')], rows));
console.log(`\nlargest factor ${Math.max(...factors).toFixed(2)}; ~ planned from smaller nets`);
