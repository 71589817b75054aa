/**
 * Gymnasium's DiscretizeAction: each entry of a bounded Box of actions is cut into `bins` equal bins, and an action names
 * bins, whose centres the environment is given. It is one integer, row-major over the entries (Discrete), or with
 * `multidiscrete` one per entry.
 */
import { ActionWrapper } from '../action-wrapper.ts';
import { EnvError } from '../errors.ts';
import { InvalidAction } from '../gymnasium-errors.ts';
import { describe } from '../guard.ts';
import type { AnyEnv } from '../part.ts';
import { least } from '../spaces/bounds.ts';
import { castTo } from '../spaces/dtype.ts';
import { type Box, discrete, multiDiscrete } from '../spaces.ts';
import type { AnyAction } from '../wrapper.ts';
import { checkInteger, checkOptions, demandBox, perEntry } from '../wrapping/checks.ts';
import type { DiscretizeOptions } from './discretize-observation.ts';

export class DiscretizeAction extends ActionWrapper {
  static override readonly entryPoint = 'DiscretizeAction';
  private readonly centres: readonly Float64Array[]; // per entry, [bins]
  private readonly chosen: Float64Array;

  constructor(env: AnyEnv, options: DiscretizeOptions) {
    checkOptions('DiscretizeAction', options, ['bins', 'multidiscrete']);
    const act = 'discretise actions';
    const given = demandBox(act, env.actionSpace);
    const bins = perEntry(act, 'bins', options.bins, given.size);
    for (const n of bins) checkInteger(act, 'bins', n, 1);
    if (!given.isBounded('both')) throw new EnvError(`Cannot ${act}: ${given} has no bounds`);
    super(env, options, options.multidiscrete ? multiDiscrete([...bins]) : discrete(bins.reduce((n, b) => n * b, 1)));
    this.centres = Array.from(bins, (n, i) => centresOf(given, i, n));
    this.chosen = new Float64Array(given.size);
  }

  protected override action(action: AnyAction): AnyAction {
    const { actionSpace: space, centres, chosen } = this;
    if (!space.contains(action)) {
      throw new InvalidAction(`Cannot step ${String(this)}: the action ${describe(action)} is not in ${space}`);
    }
    let rest = typeof action === 'number' ? action : 0;
    for (let i = chosen.length - 1; i >= 0; i--) {
      const bins = centres[i]!;
      const bin = typeof action === 'number' ? rest % bins.length : (action as Int32Array)[i]!;
      chosen[i] = bins[bin]!;
      rest = Math.floor(rest / bins.length);
    }
    return chosen;
  }

  /** The action of the bins whose centres are nearest. */
  revertAction(action: Float64Array): AnyAction {
    const near = this.centres.map((bins, i) => nearestOf(bins, action[i]!));
    if (this.actionSpace.kind === 'multi-discrete') return Int32Array.from(near);
    return near.reduce((index, bin, i) => index * this.centres[i]!.length + bin, 0);
  }
}

/** Midway between the edges that numpy's linspace gives, in the precision of the Box. */
function centresOf({ low, high, dtype }: Box, i: number, bins: number): Float64Array {
  const round = dtype === 'float32' ? Math.fround : (x: number): number => x;
  const [first, last] = [low[i]!, high[i]!];
  const step = round(round(last - first) / bins);
  const edge = (k: number): number => (k === bins ? last : round(round(k * step) + first));
  return Float64Array.from({ length: bins }, (_, k) => castTo(dtype, round(0.5 * round(edge(k) + edge(k + 1)))));
}

function nearestOf(centres: Float64Array, value: number): number {
  const distances = centres.map((centre) => Math.abs(centre - value));
  return distances.indexOf(least(distances));
}
