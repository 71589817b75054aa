/**
 * Columns learned stage by stage (Javed et al. 2023): constructive with one column per stage, columnar-constructive (CCN)
 * with L. Of N columns in stages of L, stage s = floor(steps / S):
 *   earlier columns   stand still: gradient 0, no trace; their head weights go on learning
 *   columns of s      learn, and their statistics of inputs with them
 *   later columns     run, but phi_i = 0 and gradient 0: v does not know them
 * Fixed step sizes of the head are divided by the columns born, n = min(N, (s + 1) L)                        (1)
 * (the published code's alpha / n_active; rules that learn step sizes ignore it). After the last stage all columns stand
 * still. On staged-columns the earlier columns are constants to the stage that learns, so that columnar traces are its
 * exact gradient; on other columns stages are taken in order and read nothing of each other.
 */
import { z } from 'zod';
import { definePart } from '../part.ts';
import { range } from '../sources.ts';
import { joined, named } from '../stateful.ts';
import type { Cell, Growth, GrowthNeeds, Rows } from '../types.ts';
import { UserError } from '../user-error.ts';
import { featuresOfUnits, fillRanges, needsColumns, paramRanges, weightsOfUnits } from '../weights-of-units.ts';

const options = z.strictObject({
  perStage: z.number().int().min(1).nullable().default(null).describe("columns per stage, L; null = the cell's own"),
  stepsPerStage: z.number().int().min(1).default(1_000_000).describe('S'),
  shareStep: z.boolean().default(true).describe('divide step sizes of the head by the columns born, as published'),
  freezeFeatures: z
    .boolean()
    .default(false)
    .describe('statistics of features end with their stage; false: they go on, as published'),
});

export default definePart<z.infer<typeof options>, GrowthNeeds, Growth>({
  cite: 'javed2023scalable',
  summary: 'columns learned one stage after the other, earlier ones frozen',
  options,
  create({ perStage, stepsPerStage, shareStep, freezeFeatures }, _rng, learner) {
    const { cell, lane, features, head, groups, rule } = learner;
    needsColumns(cell, 'learn this cell stage by stage');
    const first = stagesOf(cell, perStage);
    const last = first.length - 1; // number of stages
    const stageOf = Int32Array.from({ length: cell.units }, (_, unit) => first.findIndex((end) => end > unit) - 1);
    const stageOfFeature = Int32Array.from(cell.readout, (entry) => stageOf[Math.floor(entry / cell.components)]!);
    const weights = weightsOfUnits(groups, rule, head, features);
    const own = range(0, last).map((s) => paramRanges(cell, (unit) => stageOf[unit] === s));
    const others = range(0, last + 1).map((s) => paramRanges(cell, (unit) => stageOf[unit] !== s));
    const featuresOf = featuresOfUnits(cell);
    const divisor = groups.find(({ name }) => name === 'head')?.divisor;
    const clock = new Float64Array(1); // steps learned
    let stage = 0;
    const settle = (): void => {
      stage = Math.min(last, Math.floor(clock[0]! / stepsPerStage));
      if (shareStep && divisor) divisor[0] = first[Math.min(last, stage + 1)]!; // (1)
    };
    settle();
    const featuresIn = (s: number): number[] =>
      range(first[s]!, first[s + 1]! - first[s]!).flatMap((u) => featuresOf[u]!);
    const turn = (): void => {
      weights.restartCell(own[stage]!);
      if (freezeFeatures) for (const i of featuresIn(stage)) features.freeze?.(i, i + 1);
      settle();
      if (stage === last) return;
      weights.restartCell(own[stage]!);
      for (const i of featuresIn(stage)) weights.restartHead(i);
    };
    const state = joined(
      { stages: named({ clock }, () => undefined), ...(cell.stages ? { inputs: cell.stages } : {}) },
      () => undefined,
    );
    return {
      ...state,
      write(name, from) {
        state.write(name, from);
        settle();
      },
      macsPerStep: 0,
      learning: seenByOneStage(cell, stageOf),
      noKernel: 'stages change on the reference path',
      hide(perOutput) {
        for (let i = 0; i < stageOfFeature.length; i++) if (stageOfFeature[i]! > stage) perOutput[i] = 0;
      },
      hold: (perWeight) => fillRanges(perWeight, others[stage]!),
      step() {
        if (stage === last) return;
        cell.stages?.learn(lane, stage);
        clock[0]!++;
        if (clock[0]! % stepsPerStage === 0) turn();
      },
    };
  },
});

/** First unit of every stage, and the end. */
function stagesOf({ stages, units }: Cell, perStage: number | null): Int32Array {
  if (!stages && perStage === null) {
    throw new UserError('Cannot learn stage by stage: this cell has no stages of its own; set perStage of the growth');
  }
  if (!stages)
    return Int32Array.from(range(0, Math.ceil(units / perStage!) + 1), (s) => Math.min(units, s * perStage!));
  if (perStage === null || stages.first[1] === Math.min(perStage, units)) return stages.first;
  throw new UserError(
    `Cannot learn ${perStage} columns per stage: the cell has stages of ${stages.first[1]}; leave perStage of the growth at null`,
  );
}

/** Columns of other stages are input to a stage: in its place the rows read the constant, and no block of D joins stages. */
function seenByOneStage({ rows }: Cell, stageOf: Int32Array): Rows {
  const { inputSize: m, units, components: b } = rows;
  const source = Int32Array.from(rows.source);
  for (let r = 0; r < rows.count; r++) {
    const stage = stageOf[rows.dest[rows.destStart[r]!]!]!;
    for (let e = rows.start[r]!; e < rows.start[r + 1]!; e++) {
      const entry = source[e]! - m - 1;
      if (entry >= 0 && entry < units * b && stageOf[Math.floor(entry / b)] !== stage) source[e] = m;
    }
  }
  const size = b * b;
  const [start, column, directLive]: [number[], number[], number[]] = [[0], [], []];
  for (let unit = 0; unit < units; unit++) {
    for (let s = rows.direct.start[unit]!; s < rows.direct.start[unit + 1]!; s++) {
      if (stageOf[rows.direct.column[s]!] !== stageOf[unit]) continue;
      column.push(rows.direct.column[s]!);
      directLive.push(...rows.directLive.subarray(s * size, (s + 1) * size));
    }
    start.push(column.length);
  }
  return {
    ...rows,
    source,
    direct: { start: Int32Array.from(start), column: Int32Array.from(column) },
    directLive: Uint8Array.from(directLive),
  };
}
