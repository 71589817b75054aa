/** The step size of every weight while a learner runs, whatever path it runs on. */
import type { Learner, LearnerParts } from './learner.ts';
import type { StepSizeRule, WeightGroup } from './types.ts';

export interface StepSizes {
  readonly groups: readonly { readonly name: WeightGroup['name']; readonly length: number }[];
  /** Changes nothing of what is learned. */
  read(group: WeightGroup['name'], into: Float64Array): void;
}

interface Needs {
  readonly learner: Learner;
  readonly rule: StepSizeRule; // the learner's own, or the one of its twin on the reference path
  readonly isTwin: boolean; // the latter: it stands as at the start
  readonly parts: LearnerParts;
  readonly moved: ReadonlySet<WeightGroup['name']>; // groups that the rule was given
}

/** Of a horde: of the first question. null: they are fixed by its settings. */
export function stepSizesInUse({ learner, rule, isTwin, parts, moved }: Needs): StepSizes | null {
  if (rule.fixed) return null;
  const { cell, head } = parts;
  const whole = { cell: rule.headOnly ? 0 : cell.params.length, head: head.weights.length };
  const shown = { cell: whole.cell, head: head.horde ? whole.head / head.outputs : whole.head };
  const names = (['cell', 'head'] as const).filter((name) => moved.has(name) && shown[name] > 0);
  const catchUp = isTwin ? copyRule(learner, rule) : null;
  return {
    groups: names.map((name) => ({ name, length: shown[name] })),
    read(name, into) {
      catchUp?.(name);
      if (into.length === whole[name]) return rule.stepSizes(name, into);
      const all = new Float64Array(whole[name]);
      rule.stepSizes(name, all);
      into.set(all.subarray(0, into.length));
    },
  };
}

/** What step sizes follow from, of the rules that have kernels; these keep it in arrays of the same names. */
const LASTING = ['nu', 'beta'];

function copyRule(from: Learner, to: StepSizeRule): (group: WeightGroup['name']) => void {
  const arrays = Object.entries(to.arrays)
    .map(([name, length]) => ({ name, values: new Float64Array(length), path: name.split('.') }))
    .filter(({ path }) => LASTING.includes(path.at(-2)!)); // nu.cell, or cell.nu.cell where the head has its own rule
  return (group) => {
    for (const { name, values, path } of arrays) {
      if (path.at(-1) !== group) continue;
      from.read(`rule.${name}`, values);
      to.write(name, values);
    }
  };
}
