/** Step sizes of groups of inputs over a run: of each group their geometric mean, as often as there are frames. */
import type { About, Curve, Frame } from 'agent-state/playground/protocol';
import { inputGroups, type InputGroup } from 'agent-state/playground/known';
import { thinnedCurve } from 'agent-state/playground/thinned-curve';

const LEAST = 1e-12; // what is below is as good as nothing

export interface GroupHistory extends InputGroup {
  readonly curve: Curve;
}

export interface StepSizeHistory {
  add(frame: Frame): void;
  shown(): GroupHistory[];
}

/** Of a head that has one weight per input, in a world whose inputs are known to be several things; else null. */
export function stepSizeGroups({ setting, inputs, parameters, stepSizes }: About): InputGroup[] | null {
  const groups = inputGroups(setting.env);
  const isOneEach = parameters === inputs && stepSizes.length === 1 && stepSizes[0] === 'head';
  return isOneEach && groups.length > 1 ? groups : null;
}

export function stepSizeHistory(groups: readonly InputGroup[]): StepSizeHistory {
  const curves = groups.map((group) => ({ ...group, curve: thinnedCurve() }));
  return {
    add({ step, inside }) {
      const values = inside.stepSizes[0]?.values;
      if (!values || step === 0) return;
      for (const { from, to, curve } of curves) curve.add(step, geometricMean(values.subarray(from, to)));
    },
    shown: () => curves.map(({ curve, ...group }) => ({ ...group, curve: curve.shown() })),
  };
}

const geometricMean = (values: Float64Array): number =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(Math.max(LEAST, value)), 0) / values.length);
