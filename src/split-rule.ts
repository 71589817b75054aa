/** One step-size rule for the cell and another for the head, as one rule; neither sees the other's weights. */
import { joined } from './stateful.ts';
import type { StepSizeRule, WeightGroup } from './types.ts';

export function splitRule(groups: readonly WeightGroup[], create: (group: WeightGroup) => StepSizeRule): StepSizeRule {
  const rules = groups.map(create);
  const byName = Object.fromEntries(groups.map(({ name }, g) => [name, rules[g]!]));
  const cellRule = byName['cell'];
  return {
    ...alike(rules),
    macsPerStep: rules.reduce((sum, { macsPerStep }) => sum + macsPerStep, 0),
    ...(rules.every(({ fixed }) => fixed) ? { fixed: true } : {}),
    ...(cellRule?.headOnly ? { headOnly: true } : {}),
    ...(rules.some(({ single }) => single) ? { single: true } : {}),
    ...(cellRule?.reads ? { reads: cellRule.reads } : {}),
    ...(rules.length === 1 && rules[0]!.shares ? { shares: rules[0]!.shares } : {}),
    ...kernelOf(cellRule, byName['head']),
    apply(credit) {
      for (let g = 0; g < rules.length; g++) rules[g]!.apply(credit);
    },
    trace(credit) {
      for (let g = 0; g < rules.length; g++) rules[g]!.trace(credit);
    },
    stepSizes: (name, into) => byName[name]!.stepSizes(name, into),
    restart: (name, start, end) => byName[name]!.restart(name, start, end),
  };
}

/** Arrays are named by group already, but those of a rule as a whole are not: each says whose it is. */
function alike(rules: readonly StepSizeRule[]) {
  const reset = (): void => {
    for (let g = 0; g < rules.length; g++) rules[g]!.reset();
  };
  return joined(Object.fromEntries(rules.map((rule, g) => [g === rules.length - 1 ? 'head' : 'cell', rule])), reset);
}

/** Kernels know two rules for the cell, and those and swift-td for the head. */
function kernelOf(cell?: StepSizeRule, head?: StepSizeRule): Pick<StepSizeRule, 'kernel' | 'noKernel'> {
  if (!head?.kernel) return { noKernel: head?.noKernel ?? 'there is no rule for the head' };
  if (!cell) return { kernel: head.kernel };
  const { kernel } = cell;
  if (!kernel || kernel.kind === 'swift-td' || kernel.kind === 'horde')
    return { noKernel: cell.noKernel ?? 'swift-td moves no cell there' };
  return { kernel: { ...kernel, head: head.kernel } };
}
