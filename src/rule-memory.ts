/** What a step-size rule keeps per weight: named arrays in the layout of the weights, one of each per group. */
import { named } from './stateful.ts';
import type { Stateful, WeightGroup } from './types.ts';

/** How an array begins, at every weight or weight by weight, and whether it ends with the episode. */
export interface PerWeight {
  readonly start: number | ((group: WeightGroup, i: number) => number); // at weight i
  readonly trace?: boolean; // cleared to 0 at the start of an episode
}

export interface RuleMemory<Name extends string> extends Stateful {
  /** [n] of each group, in the order of the groups. */
  readonly of: readonly Readonly<Record<Name, Float64Array>>[];
  /** Weights `start` up to `end` of a group begin anew. */
  restart(name: WeightGroup['name'], start: number, end: number): void;
}

/** `more` are arrays of the rule as a whole; they last. */
export function ruleMemory<Name extends string>(
  groups: readonly WeightGroup[],
  layout: Readonly<Record<Name, PerWeight>>,
  more: Readonly<Record<string, Float64Array>> = {},
): RuleMemory<Name> {
  const names = Object.keys(layout) as Name[];
  const of = groups.map((group) => {
    const arrays = {} as Record<Name, Float64Array>;
    for (const name of names) {
      arrays[name] = new Float64Array(group.weights.length);
      begin(arrays[name], layout[name], group, 0, group.weights.length);
    }
    return arrays;
  });
  const all = groups.flatMap(({ name: group }, g) => names.map((name) => [`${name}.${group}`, of[g]![name]] as const));
  const traces = of.flatMap((arrays) => names.filter((name) => layout[name].trace).map((name) => arrays[name]));
  return {
    ...named({ ...Object.fromEntries(all), ...more }, () => clear(traces)),
    of,
    restart(name, start, end) {
      for (let g = 0; g < groups.length; g++) {
        if (groups[g]!.name !== name) continue;
        for (const array of names) begin(of[g]![array], layout[array], groups[g]!, start, end);
      }
    },
  };
}

function begin(array: Float64Array, { start }: PerWeight, group: WeightGroup, first: number, end: number): void {
  for (let i = first; i < end; i++) array[i] = typeof start === 'number' ? start : start(group, i);
}

/** In loops: supervised learners do this at every step, and a closure would be left on the heap each time. */
function clear(traces: readonly Float64Array[]): void {
  for (let g = 0; g < traces.length; g++) {
    const z = traces[g]!;
    for (let i = 0; i < z.length; i++) z[i] = 0;
  }
}
