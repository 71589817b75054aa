/** Back-propagation through whole sequences from few states. */
import { describe, expect, it } from 'vitest';
import { RowDynamics } from '../src/dynamics.ts';
import { forwardSteps } from '../src/revolve.ts';
import { rowPull } from '../src/row-pull.ts';
import { step } from '../src/rows.ts';
import { sequenceGradient } from '../src/sequence-gradient.ts';
import type { Cell } from '../src/types.ts';
import { expectDifferent, expectEqual } from './oracle/agree.ts';
import { bptt } from './oracle/bptt.ts';
import { lossGradient } from './oracle/finite-differences.ts';
import { errorAt, type Problem, randomProblem, roll } from './oracle/problem.ts';

const CELLS = [
  { id: 'tanh', options: { units: 5, density: 0.6, leak: 0.7 } },
  { id: 'gru' },
  { id: 'lstm' },
  { id: 'deep-columns', options: { lateral: 0.3 } },
];
const STEPS = 13;

const gradientBy = (problem: Problem, snapshots: number): Float64Array => {
  const out = new Float64Array(problem.cell.params.length);
  const add = (t: number, state: Float64Array, delta: Float64Array): void =>
    errorAt(problem, t, state).forEach((value, i) => (delta[i]! += value));
  sequenceGradient(problem.cell, problem.inputs, add, snapshots, out);
  return out;
};

/** Every step on a lane of its own, all of them kept. */
function stored(problem: Problem): Float64Array {
  const { cell, inputs } = problem;
  let state = cell.lane().state;
  const tape = inputs.map((x, t) => {
    const lane = cell.lane();
    if (t === 0) cell.begin(lane);
    else lane.state.set(state);
    step(cell, lane, x);
    state = lane.state;
    const dynamics = new RowDynamics(cell, lane);
    dynamics.materialise(new Set(['products'] as const));
    return { lane, dynamics };
  });
  const out = new Float64Array(cell.params.length);
  let later = new Float64Array(state.length);
  for (let t = inputs.length - 1; t >= 0; t--) {
    const { lane, dynamics } = tape[t]!;
    const delta = errorAt(problem, t, lane.state).map((value, i) => value + later[i]!);
    rowPull(cell.rows, lane.pre, lane.gain, delta, out);
    later = new Float64Array(delta.length);
    dynamics.timesTransposed(delta, later);
  }
  return out;
}

describe.each(CELLS)('the gradient of a sequence on $id', (spec) => {
  it('is the same to the last bit for any number of snapshots, and that of a tape of all steps', async () => {
    const problem = await randomProblem({ ...spec, steps: STEPS });
    const plain = stored(problem);
    expectEqual(plain, bptt(problem), 1e-12);
    for (let c = 1; c <= STEPS + 1; c++) expect(gradientBy(problem, c)).toEqual(plain);
    problem.cell.params[0]! += 1e-9; // control: the bits are live
    expect(gradientBy(problem, 3)).not.toEqual(plain);
  });

  it('is back-propagation through time, and what central differences measure', async () => {
    const problem = await randomProblem({ ...spec, steps: 30 });
    expectEqual(gradientBy(problem, 4), bptt(problem), 1e-10);
    expectEqual(gradientBy(problem, 4), lossGradient(problem), 1e-6);
    const shorter = { ...problem, inputs: problem.inputs.slice(1), targets: problem.targets.slice(1) }; // control
    expectDifferent(gradientBy(shorter, 4), bptt(problem), 1e-6);
  });

  it('shows the error the states that were lived, the last first', async () => {
    const problem = await randomProblem({ ...spec, steps: STEPS });
    const lived: Float64Array[] = [];
    roll(problem, (_, { state }) => lived.push(Float64Array.from(state)));
    const seen: [number, Float64Array][] = [];
    const look = (t: number, state: Float64Array): void => void seen.push([t, Float64Array.from(state)]);
    sequenceGradient(problem.cell, problem.inputs, look, 2, new Float64Array(problem.cell.params.length));
    expect(seen).toEqual([...lived.entries()].reverse());
  });

  it('adds to what is there, and nothing where there is no step', async () => {
    const problem = await randomProblem({ ...spec, steps: STEPS });
    const none = new Float64Array(problem.cell.params.length).fill(3);
    sequenceGradient(problem.cell, [], () => undefined, 2, none);
    expect(none.every((value) => value === 3)).toBe(true);
    const [once, twice] = [gradientBy(problem, 2), new Float64Array(none.length)];
    for (let i = 0; i < 2; i++) {
      sequenceGradient(
        problem.cell,
        problem.inputs,
        (t, state, delta) => errorAt(problem, t, state).forEach((value, j) => (delta[j]! += value)),
        2,
        twice,
      );
    }
    expectEqual(
      twice,
      once.map((value) => 2 * value),
      1e-12,
    );
  });

  it('takes the steps that the schedule says, and each once more to go back through it', async () => {
    const problem = await randomProblem({ ...spec, steps: STEPS });
    for (const c of [1, 2, 3, STEPS]) {
      const counting = counted(problem.cell);
      gradientBy({ ...problem, cell: counting.cell }, c);
      expect(counting.steps()).toBe(forwardSteps(STEPS, c) + STEPS);
    }
  });
});

function counted(cell: Cell): { cell: Cell; steps: () => number } {
  let steps = 0;
  const differentiate: Cell['differentiate'] = (lane) => {
    steps++;
    cell.differentiate(lane);
  };
  return { cell: { ...cell, differentiate }, steps: () => steps };
}
