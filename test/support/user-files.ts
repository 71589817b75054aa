/** Files as a user would write them, outside the repository, TypeScript as it is. */

/** A ring of places with a random walk on it; its own Env, without save and load. */
export const RING_ENV = `
import { box, createRng, discrete, Env } from '@rl-tools/envs';
import type { Info, ResetOptions, StepTuple } from '@rl-tools/envs';

enum Direction { Left, Right }

export default class Ring extends Env<Float64Array, number> {
  override readonly metadata = { id: 'ring', cite: null, discount: 0.5, floors: null };
  readonly observationSpace = box(0, 1, [3]);
  readonly actionSpace = discrete(2);
  private rng = createRng(0);
  private place = 0;

  reset({ seed }: ResetOptions = {}): [Float64Array, Info] {
    if (seed !== undefined) this.rng = createRng(seed);
    this.place = 0;
    return [this.look(), {}];
  }

  step(action: number): StepTuple<Float64Array> {
    this.place = (this.place + (action === Direction.Right ? 1 : 4)) % 5;
    return [this.look(), this.place === 0 ? 1 : 0, false, false, {}];
  }

  private look(): Float64Array {
    return Float64Array.of(this.place === 0 ? 1 : 0, this.place === 1 ? 1 : 0, this.rng.uniform());
  }
}
`;

/** The same, with something changed. */
export function ringWith(from: string, to: string): string {
  if (!RING_ENV.includes(from)) throw new RangeError(`The file of the user's environment holds no "${from}"`);
  return RING_ENV.replace(from, to);
}

/** One leaky integrator per column, with a learned input and a fixed leak. */
export const LEAKY_CELL = `
import { buildRows, columnSources, createLane, definePart, range, uniformWeights } from 'agent-state';
import type { Cell, CellNeeds } from 'agent-state';
import tanh from 'agent-state/cells/tanh-columns';
import { z } from 'zod';

const options = z.strictObject({ columns: z.number().int().min(1).default(3), leak: z.number().default(0.9) });

export default definePart<z.infer<typeof options>, CellNeeds, Cell>({
  cite: tanh.cite,
  summary: 'leaky integrators',
  options,
  create({ columns, leak }, rng, { inputSize }) {
    const shape = { inputSize, units: columns, components: 1 };
    const row = (unit: number) => ({ sources: columnSources(shape, unit, 0), destinations: [unit] });
    const rows = buildRows(shape, [{ name: 'column', rows: range(0, columns).map(row) }]);
    return {
      inputSize,
      units: columns,
      components: 1,
      params: uniformWeights(rows, rng, () => 0.1),
      rows,
      readout: Int32Array.from(range(0, columns)),
      lane: () => createLane(rows, 0),
      begin: (lane) => lane.reset(),
      activate(_layer, { sum, state }) {
        for (let i = 0; i < columns; i++) state[i] = leak * state[i]! + sum[i]!;
      },
      differentiate({ gain, direct }) {
        gain.fill(1);
        direct.fill(leak);
      },
    };
  },
});
`;

/** The immediate gradient, as an estimator of the user's own. */
export const MY_ESTIMATOR = `
import { definePart } from 'agent-state';
import type { Estimator, EstimatorNeeds } from 'agent-state';
import immediate from 'agent-state/estimators/immediate';

export default definePart<unknown, EstimatorNeeds, Estimator>({
  ...immediate,
  summary: 'mine',
});
`;

/** An agent that diverges at once. */
export const WILD_AGENT = `
import { defineAgent } from 'agent-state';

export default defineAgent({
  summary: 'an agent with far too large a step',
  cite: 'sutton2018reinforcement',
  cell: { id: 'tanh-columns', columns: 2 },
  estimator: { id: 'columnar' },
  features: { id: 'raw' },
  rule: { id: 'td-lambda', alpha: 1e6, lambda: 0.9 },
});
`;

/** One that learns a short cycle in 20,000 steps, and has then learned it for good. */
export const CYCLE_AGENT = WILD_AGENT.replace("'tanh-columns', columns: 2", "'lstm-columns', columns: 4")
  .replace("id: 'raw'", "id: 'normalised'")
  .replace('alpha: 1e6, lambda: 0.9', 'alpha: 0.02, lambda: 0');

export const TAME_AGENT = WILD_AGENT.replace('1e6', '0.01').replace('far too large', 'a small');
