/**
 * LSTM columns in stages (Javed et al. 2023, section 4): a column of stage s reads x_t, 1, its own h_{t-1}, and h_{t-1} of
 * ALL columns of earlier stages, one step late because all columns move together. One column per stage is the
 * constructive net, all columns in one stage are lstm-columns. Maths in lstm-gates.ts; who learns when: src/growth.
 *
 * `normalise`: every stage reads x_t and earlier columns by statistics of its own, as they stood before the step,
 *   a_hat = (a - mu) / sqrt(var)                                                                        (1)
 * and stages.learn then takes in what was read: mu <- beta mu + (1 - beta) a, with the new mu
 *   var <- max(floor, beta var + (1 - beta)(a - mu)^2),   mu_0 = 0, var_0 = 1.                           (2)
 * Copies (1) are intermediates of pre, one set per stage, and what goes through them to h_j(t-1) stands in `direct`:
 *   d s_i / d h_j = sum over the gates of i of gain W_ij / sqrt(var_j)                                  (3)
 */
import { z } from 'zod';
import { activateLstm, differentiateLstm, DIRECT_LIVE, gateLive, GATES, LSTM_WORK } from '../lstm-gates.ts';
import { definePart } from '../part.ts';
import { buildRows, createLane, places, type Shape } from '../rows.ts';
import { columnSources, range } from '../sources.ts';
import { named } from '../stateful.ts';
import type { Cell, CellNeeds, Lane, Rows, Stages } from '../types.ts';
import { renewUnit, setBias, uniformWeights } from '../weights.ts';

const options = z.strictObject({
  columns: z.number().int().min(1).max(4096).default(6),
  perStage: z.number().int().min(1).default(2).describe('columns of a stage; 1: the constructive net'),
  scale: z.number().gt(0).default(0.1).describe('weights and biases ~ U(-scale, scale)'),
  forgetBias: z
    .number()
    .nullable()
    .default(null)
    .describe('b_f at the start; null draws it like the rest, as published'),
  normalise: z
    .strictObject({
      rate: z.number().gt(0).max(1).default(0.99999).describe('beta of the running mean and variance'),
      floor: z.number().gt(0).default(0.01).describe('least variance'),
    })
    .nullable()
    .default(null)
    .describe("of each stage's inputs, moved by growth; null = none"),
});

export default definePart<z.infer<typeof options>, CellNeeds, Cell>({
  cite: 'javed2023scalable',
  summary: 'LSTM columns in stages that read earlier stages, one step late',
  options,
  create({ columns, perStage, scale, forgetBias, normalise }, rng, { inputSize: m }) {
    const first = firstUnits(columns, perStage);
    const stageOf = Int32Array.from(range(0, columns), (unit) => Math.floor(unit / perStage));
    const copies = copyStarts(first, m);
    const shape = { inputSize: m, units: columns, components: 2, intermediates: normalise ? copies.at(-1)! : 0 };
    const { state } = places(shape);
    const rows = wiring(shape, first, stageOf, normalise ? copies : null);
    const params = uniformWeights(rows, rng, () => scale);
    if (forgetBias !== null) setBias(rows, params, 'forget', forgetBias);
    const shown = { inputSize: m, units: columns, components: 2, params, rows };
    const common = {
      ...shown,
      readout: Int32Array.from(range(0, columns), (unit) => 2 * unit + 1),
      lane: () => createLane(rows, LSTM_WORK * columns),
      begin: (lane: Lane) => lane.reset(),
      renew: (unit: number, fresh: typeof rng) => {
        renewUnit(rows, params, unit, fresh, scale);
        if (forgetBias !== null) setBias(rows, params, 'forget', forgetBias, unit);
      },
    };
    if (!normalise) {
      return {
        ...common,
        stages: { ...named({}, () => undefined), first, normalised: false, learn: () => undefined },
        kernel: { id: 'lstm', options: [], work: LSTM_WORK },
        activate: (_layer, lane) => activateLstm(columns, lane),
        differentiate: (lane) => differentiateLstm(columns, state, lane),
      };
    }
    const read = readPlaces(first, m, state);
    const statistics = createStatistics(read, copies, first, normalise);
    const links = linksOf(rows, stageOf, first, copies);
    return {
      ...common,
      stages: statistics,
      noKernel: 'inputs normalised stage by stage stay on the reference path',
      activate(layer, lane) {
        if (layer === 0) statistics.copy(lane);
        else activateLstm(columns, lane);
      },
      differentiate(lane) {
        differentiateLstm(columns, state, lane, rows.direct.start);
        throughCopies(links, params, statistics.scale, lane);
      },
    };
  },
});

/** [stages + 1] */
const firstUnits = (columns: number, perStage: number): Int32Array =>
  Int32Array.from(range(0, Math.ceil(columns / perStage) + 1), (s) => Math.min(columns, s * perStage));

/** Where the copies of each stage begin, and their number in all [stages + 1]: a stage reads x and what came before it. */
function copyStarts(first: Int32Array, m: number): Int32Array {
  const starts = new Int32Array(first.length);
  for (let s = 0; s + 1 < first.length; s++) starts[s + 1] = starts[s]! + m + first[s]!;
  return starts;
}

/** The place in pre that each copy is of [copies]. */
function readPlaces(first: Int32Array, m: number, state: number): Int32Array {
  const read: number[] = [];
  for (let s = 0; s + 1 < first.length; s++) {
    read.push(...range(0, m), ...range(0, first[s]!).map((j) => state + 2 * j + 1));
  }
  return Int32Array.from(read);
}

function wiring(shape: Shape, first: Int32Array, stageOf: Int32Array, copies: Int32Array | null): Rows {
  const { one, state, intermediate } = places(shape);
  const m = shape.inputSize;
  const sources = (unit: number): number[] => {
    const before = first[stageOf[unit]!]!;
    if (copies === null) return [...columnSources(shape, unit, 1), ...range(0, before).map((j) => state + 2 * j + 1)];
    const start = intermediate + copies[stageOf[unit]!]!;
    return [...range(start, m), one, state + 2 * unit + 1, ...range(start + m, before)];
  };
  const groups = GATES.map((name) => ({
    name,
    rows: range(0, shape.units).map((unit) => {
      return { layer: copies ? 1 : 0, sources: sources(unit), destinations: [unit], live: gateLive(name) };
    }),
  }));
  if (copies === null) return buildRows(shape, groups, { live: DIRECT_LIVE });
  const rows = buildRows(shape, groups, { columns: (unit) => range(0, first[stageOf[unit]!]!) });
  const own = new Set(rows.direct.start);
  const live = Array.from(rows.direct.column, (_, s) => (own.has(s) ? DIRECT_LIVE : FROM_H));
  return { ...rows, directLive: Uint8Array.from(live.flat()) };
}

const FROM_H = [0, 1, 0, 1];

interface Statistics extends Stages {
  readonly scale: Float64Array; // [copies] 1 / sqrt(var)
  copy(lane: Lane): void;
}

function createStatistics(
  read: Int32Array,
  copies: Int32Array,
  first: Int32Array,
  { rate, floor }: { rate: number; floor: number },
): Statistics {
  const mean = new Float64Array(read.length);
  const variance = new Float64Array(read.length).fill(1);
  const scale = new Float64Array(read.length).fill(1);
  const state = named({ mean, variance }, () => undefined); // learned, not remembered: an episode does not clear them
  return {
    ...state,
    write(name, from) {
      state.write(name, from);
      for (let i = 0; i < scale.length; i++) scale[i] = 1 / Math.sqrt(variance[i]!);
    },
    first,
    normalised: true,
    scale,
    copy({ pre }) {
      const start = pre.length - read.length;
      for (let i = 0; i < read.length; i++) pre[start + i] = (pre[read[i]!]! - mean[i]!) * scale[i]!; // (1)
    },
    learn({ pre }, stage) {
      for (let i = copies[stage]!; i < copies[stage + 1]!; i++) {
        const value = pre[read[i]!]!;
        const mu = (mean[i] = rate * mean[i]! + (1 - rate) * value); // (2)
        const spread = (variance[i] = Math.max(floor, rate * variance[i]! + (1 - rate) * (value - mu) ** 2));
        scale[i] = 1 / Math.sqrt(spread);
      }
    },
  };
}

/** Every weight W_ij on a copy of h_j, four gates to a block of direct. */
interface Links {
  readonly block: Int32Array; // [links] (i, j) of direct
  readonly copy: Int32Array; // [links] of h_j
  readonly entry: Int32Array; // [links x 4] of theta
  readonly row: Int32Array; // [links x 4]
}

function linksOf(rows: Rows, stageOf: Int32Array, first: Int32Array, copies: Int32Array): Links {
  const { units, inputSize: m } = rows;
  const [block, copy, entry, row]: [number[], number[], number[], number[]] = [[], [], [], []];
  for (let i = 0; i < units; i++) {
    const stage = stageOf[i]!;
    for (let j = 0; j < first[stage]!; j++) {
      block.push(rows.direct.start[i]! + 1 + j);
      copy.push(copies[stage]! + m + j);
      for (let gate = 0; gate < GATES.length; gate++) {
        row.push(gate * units + i);
        entry.push(rows.start[gate * units + i]! + m + 2 + j); // behind x, 1 and the own h
      }
    }
  }
  const list = (values: number[]): Int32Array => Int32Array.from(values);
  return { block: list(block), copy: list(copy), entry: list(entry), row: list(row) };
}

function throughCopies(links: Links, params: Float64Array, scale: Float64Array, { gain, direct }: Lane): void {
  const { block, copy, entry, row } = links;
  for (let l = 0; l < block.length; l++) {
    let c = 0;
    let h = 0;
    for (let g = 4 * l; g < 4 * l + 4; g++) {
      const weight = params[entry[g]!]!;
      c += gain[2 * row[g]!]! * weight;
      h += gain[2 * row[g]! + 1]! * weight;
    }
    direct[4 * block[l]! + 1] = c * scale[copy[l]!]!; // (3)
    direct[4 * block[l]! + 3] = h * scale[copy[l]!]!;
  }
}
