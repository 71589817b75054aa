/** Gradients of several lanes and steps, gathered before one change of the weights: lanes.ts, (1) and 2. */
import { clipTogether } from '../learner-workspace.ts';
import type { Estimator, StepSizeRule, WeightGroup } from '../types.ts';
import type { CellSums, LaneCore } from './lanes-engine.ts';
import { takesOne, targetGradient } from './targets.ts';

interface Needs {
  readonly rule: StepSizeRule; // of `groups`
  readonly groups: readonly WeightGroup[]; // their gradients are the sums G
  readonly asked: Float64Array; // [2] targets learned from, and steps lived, since the latest change
  readonly clip: number | null; // largest L2 norm of what is learned from
  readonly divisor: number; // of G: B for the mean over lanes
  readonly estimators: readonly Estimator[]; // of the lanes
  readonly elsewhere: CellSums | null; // where the cell's sum is made, if not in its group
  readonly moved: () => void; // the weights are other ones now
}

export interface Gathering {
  /** Adds what a target teaches one lane. */
  lane(core: LaneCore): (target: Float64Array) => void;
  /** Changes the weights; false: nothing was asked. */
  update(): boolean;
  forget(): void;
}

/** A group whose gradient is that of all lanes together. */
export const sumOf = ({ name, weights, divisor }: WeightGroup): WeightGroup => ({
  name,
  weights,
  gradient: new Float64Array(weights.length),
  ...(divisor ? { divisor } : {}),
});

export function gather({ rule, groups, asked, clip, divisor, estimators, elsewhere, moved }: Needs): Gathering {
  if (rule.single || rule.headOnly) throw takesOne('several lanes or steps together');
  const limit = Float64Array.of(clip ?? Infinity);
  const scale = new Float64Array(1);
  const credit = { delta: 1, v_tm1: 0, v_t: 0, discount_t: 0, ratio: 1, supervised: true, combined: true };
  const forget = (): void => {
    for (let g = 0; g < groups.length; g++) groups[g]!.gradient.fill(0);
    elsewhere?.clear();
    asked.fill(0);
  };
  return {
    lane(core) {
      const differentiate = targetGradient(core, true, null);
      const sums = core.w.groups.map(({ name }) => groups.find((group) => group.name === name)!.gradient);
      return (target) => {
        if (!differentiate(target)) return;
        core.blame?.();
        for (let g = 0; g < sums.length; g++) add(core.w.groups[g]!.gradient, sums[g]!);
        asked[0]!++;
      };
    },
    update() {
      const learns = asked[0]! > 0;
      if (learns) {
        if (groups[0]!.name === 'cell') elsewhere?.read(groups[0]!.gradient);
        for (let b = 0; b < estimators.length; b++) estimators[b]!.give?.(groups[0]!.gradient);
        if (divisor > 1) for (let g = 0; g < groups.length; g++) divide(groups[g]!.gradient, divisor);
        if (clip !== null) clipTogether(groups, limit, scale);
        rule.trace(credit);
        rule.apply(credit);
        rule.reset(); // targets are answers: they leave no z behind
        moved();
      }
      forget();
      return learns;
    },
    forget,
  };
}

function add(gradient: Float64Array, sum: Float64Array): void {
  for (let i = 0; i < sum.length; i++) sum[i]! += gradient[i]!;
}

function divide(sum: Float64Array, by: number): void {
  for (let i = 0; i < sum.length; i++) sum[i]! /= by;
}
