/**
 * The 2021 paper's column (Javed, White & Sutton 2021, section 3; test-bed as coded): a scalar state h_i behind a
 * feature net of its own, with optional lateral links into other columns' features and states.
 *   F_i = relu(W2_i relu(W1_i x + b1_i) + b2_i)                  k features per column                  (1)
 *   f = sigma(wf_i . [F_1..F_M, h(t-1)] + bf_i)   i = tanh(wi_i . [F_1..F_M, h(t-1)] + bi_i)            (2)
 *   h_i(t) = f h_i(t-1) + i  (`sum`, as coded)    or    f h_i(t-1) + (1 - f) i  (`convex`)              (3)
 * and the columns without a gate, of its experiments with meta-learning, which have no wf_i:
 *   h_i(t) = h_i(t-1) + i  (`accumulator`: f = 1)    or    i  (`feed-forward`: f = 0)
 * A column always reads its own features; every other entry of wf_i and wi_i, its own h included, exists with
 * probability `lateral`, drawn apart for the two. A lateral weight belongs to the column that reads, and a feature
 * row moves every column that reads it within the step: rows with several destinations.
 */
import { z } from 'zod';
import { definePart } from '../part.ts';
import { buildRows, createLane, places, type GroupSpec, type Shape } from '../rows.ts';
import { sigmoid } from '../sigmoid.ts';
import { range } from '../sources.ts';
import type { Places } from '../kernels/kernel.ts';
import type { Cell, CellNeeds, Lane, Rng, Rows } from '../types.ts';
import { uniformWeights } from '../weights.ts';

const GATES = ['sum', 'convex', 'accumulator', 'feed-forward'] as const;
type Gate = (typeof GATES)[number];

const options = z.strictObject({
  columns: z.number().int().min(1).max(4096).default(6).describe('M'),
  features: z.number().int().min(1).default(3).describe('k, per column and layer'),
  lateral: z.number().min(0).max(1).default(0).describe('probability of each link outside the own features'),
  gate: z.enum(GATES).default('sum').describe('h = f h + i; f h + (1 - f) i; without a gate: h + i, or i alone'),
});
type Options = z.infer<typeof options>;

const isGated = (gate: Gate): boolean => gate === 'sum' || gate === 'convex';

export default definePart<Options, CellNeeds, Cell>({
  cite: 'javed2021columnar',
  summary: 'columns with deep features and a gated scalar state; lateral links by chance',
  options,
  create(chosen, rng, { inputSize }) {
    const { columns: M, features: k, gate } = chosen;
    const shape: Shape = { inputSize, units: M, components: 1, intermediates: 2 * M * k };
    const rows = buildRows(shape, wiring(shape, chosen, rng), { live: [gate === 'feed-forward' ? 0 : 1] });
    const params = uniformWeights(rows, rng, linearInit(inputSize, M, k));
    const links = feeds(rows, M, k, isGated(gate));
    return {
      inputSize,
      units: M,
      components: 1,
      params,
      rows,
      readout: Int32Array.from(range(0, M)),
      kernel: {
        id: 'deep-columns',
        options: [M, k, GATES.indexOf(gate)],
        work: 2,
        tables: (place) => kernelTables(rows, links, M, k, place),
      },
      lane: () => createLane(rows, 2 * M), // [f; i]
      begin: (lane) => lane.reset(),
      activate: (layer, lane) => (layer < 2 ? relu(shape, M * k, layer, lane) : gates(M, k, gate, lane)),
      differentiate(lane) {
        gateGains(rows, M, k, gate, lane);
        featureGains(rows, params, links, M, k, lane);
      },
    };
  },
});

/** nn.Linear's U(+-1/sqrt(fan-in)), with the full fan-in of the gates whatever the mask. */
function linearInit(m: number, M: number, k: number): (row: number) => number {
  return (r) => 1 / Math.sqrt(r < M * k ? m : r < 2 * M * k ? k : k * M + M);
}

function wiring(shape: Shape, { columns: M, features: k, lateral, gate }: Options, rng: Rng): GroupSpec[] {
  const { one, state, intermediate } = places(shape);
  const hidden = (column: number): number[] => range(intermediate + column * k, k);
  const feature = (column: number): number[] => range(intermediate + M * k + column * k, k);
  const candidates = [...range(0, M).flatMap(feature), ...range(state, M)];
  const drawLinks = (column: number): number[] =>
    candidates.filter((source) => feature(column).includes(source) || rng.uniform() < lateral);
  const names = isGated(gate) ? ['forget', 'input'] : ['input'];
  const drawn = names.map((name) => ({ name, sources: range(0, M).map((column) => [...drawLinks(column), one]) }));
  const reads = (column: number, source: number): boolean =>
    drawn.some(({ sources }) => sources[column]!.includes(source));
  const readers = (source: number, own: number): number[] => [
    own,
    ...range(0, M).filter((column) => column !== own && reads(column, source)),
  ];
  const ofColumn = (column: number): number[] => [
    ...new Set([column, ...feature(column).flatMap((source) => readers(source, column))]),
  ];
  const each = <T>(row: (column: number, f: number) => T): T[] =>
    range(0, M).flatMap((column) => range(0, k).map((f) => row(column, f)));
  return [
    {
      name: 'hidden',
      rows: each((column) => ({
        layer: 0,
        sources: [...range(0, shape.inputSize), one],
        destinations: ofColumn(column),
      })),
    },
    {
      name: 'feature',
      rows: each((column, f) => ({
        layer: 1,
        sources: [...hidden(column), one],
        destinations: readers(feature(column)[f]!, column),
      })),
    },
    ...drawn.map(({ name, sources: all }) => ({
      name,
      rows: all.map((sources, column) => ({ layer: 2, sources, destinations: [column] })),
    })),
  ];
}

function relu(shape: Shape, count: number, layer: number, { pre, sum }: Lane): void {
  const to = places(shape).intermediate + layer * count;
  for (let r = 0; r < count; r++) pre[to + r] = Math.max(0, sum[layer * count + r]!); // (1)
}

/** f where nothing computes it. */
const fixed = (gate: Gate): number => (gate === 'accumulator' ? 1 : 0);

function gates(M: number, k: number, gate: Gate, { sum, work, state }: Lane): void {
  const first = 2 * M * k;
  const input = isGated(gate) ? first + M : first;
  for (let j = 0; j < M; j++) {
    const f = (work[j] = isGated(gate) ? sigmoid(sum[first + j]!) : fixed(gate)); // (2)
    const i = (work[M + j] = Math.tanh(sum[input + j]!));
    state[j] = f * state[j]! + (gate === 'convex' ? 1 - f : 1) * i; // (3)
  }
}

function gateGains(rows: Rows, M: number, k: number, gate: Gate, { pre, work, gain, direct }: Lane): void {
  const forget = rows.destStart[2 * M * k]!;
  const input = isGated(gate) ? forget + M : forget;
  for (let j = 0; j < M; j++) {
    const f = work[j]!;
    const i = work[M + j]!;
    const h = pre[rows.inputSize + 1 + j]!;
    if (isGated(gate)) gain[forget + j] = (gate === 'convex' ? h - i : h) * f * (1 - f);
    gain[input + j] = (gate === 'convex' ? 1 - f : 1) * (1 - i * i);
    direct[j] = f;
  }
}

/** Per destination of a feature row: which entries of the reader's gates read that feature. */
interface Feeds {
  readonly inputRow: number; // the first row of wi
  readonly forget: Int32Array; // [destinations of feature rows] entry of wf; -1: none
  readonly input: Int32Array; // [destinations of feature rows] entry of wi; -1: none
  readonly up: Int32Array; // [destinations of hidden rows x k] destination of feature row (same column, f), or -1
}

function feeds(rows: Rows, M: number, k: number, gated: boolean): Feeds {
  const firstFeature = M * k;
  const inputRow = 2 * M * k + (gated ? M : 0);
  const base = rows.destStart[firstFeature]!;
  const total = rows.destStart[2 * firstFeature]! - base;
  const place = (f: number): number => rows.inputSize + 1 + M + M * k + f; // of feature f in pre
  const entry = (row: number, source: number): number => {
    for (let e = rows.start[row]!; e < rows.start[row + 1]!; e++) if (rows.source[e] === source) return e;
    return -1;
  };
  const forget = new Int32Array(total);
  const input = new Int32Array(total);
  const found = new Map<number, number>(); // feature and reader -> destination
  for (let f = 0; f < M * k; f++) {
    for (let d = rows.destStart[firstFeature + f]!; d < rows.destStart[firstFeature + f + 1]!; d++) {
      const reader = rows.dest[d]!;
      forget[d - base] = gated ? entry(2 * M * k + reader, place(f)) : -1;
      input[d - base] = entry(inputRow + reader, place(f));
      found.set(f * M + reader, d);
    }
  }
  const up = new Int32Array(base * k);
  for (let r = 0; r < firstFeature; r++) {
    const column = Math.floor(r / k);
    for (let d = rows.destStart[r]!; d < rows.destStart[r + 1]!; d++) {
      for (let f = 0; f < k; f++) up[d * k + f] = found.get((column * k + f) * M + rows.dest[d]!) ?? -1;
    }
  }
  return { inputRow, forget, input, up };
}

/** Chain rule at fixed s_{t-1}: through (2) into the features, through W2 into the hidden layer. */
function featureGains(rows: Rows, params: Float64Array, links: Feeds, M: number, k: number, lane: Lane): void {
  const { sum, gain } = lane;
  const { destStart, dest, start } = rows;
  const base = destStart[M * k]!;
  const forgetGain = destStart[2 * M * k]!;
  const inputGain = destStart[links.inputRow]!;
  for (let row = M * k; row < 2 * M * k; row++) {
    const slope = sum[row]! > 0 ? 1 : 0;
    for (let d = destStart[row]!; d < destStart[row + 1]!; d++) {
      const reader = dest[d]!;
      const viaForget = links.forget[d - base]!;
      const viaInput = links.input[d - base]!;
      const dF =
        (viaForget < 0 ? 0 : gain[forgetGain + reader]! * params[viaForget]!) +
        (viaInput < 0 ? 0 : gain[inputGain + reader]! * params[viaInput]!);
      gain[d] = slope * dF;
    }
  }
  for (let row = 0; row < M * k; row++) {
    const slope = sum[row]! > 0 ? 1 : 0;
    const firstFeature = M * k + row - (row % k);
    for (let d = destStart[row]!; d < destStart[row + 1]!; d++) {
      let total = 0;
      for (let f = 0; f < k; f++) {
        const up = links.up[d * k + f]!;
        if (up >= 0) total += gain[up]! * params[start[firstFeature + f]! + (row % k)]!;
      }
      gain[d] = slope * total;
    }
  }
}

/** The chain rule of featureGains as index tables: the layout is told in kernels/assembly/cells/deep-columns.ts. */
function kernelTables(rows: Rows, links: Feeds, M: number, k: number, place: Places): number[] {
  const { destStart, dest, start } = rows;
  const base = destStart[M * k]!;
  const forgetGain = destStart[2 * M * k]!;
  const inputGain = destStart[links.inputRow]!;
  const theta = (entry: number): number => (entry < 0 ? 0 : place.theta(entry));
  const feature: number[] = [];
  const hidden: number[] = [];
  for (let row = M * k; row < 2 * M * k; row++) {
    for (let d = destStart[row]!; d < destStart[row + 1]!; d++) {
      const reader = dest[d]!;
      feature.push(place.gain(d), place.slot(row), place.gain(forgetGain + reader), place.gain(inputGain + reader));
      feature.push(theta(links.forget[d - base]!), theta(links.input[d - base]!));
    }
  }
  for (let row = 0; row < M * k; row++) {
    const firstFeature = M * k + row - (row % k);
    for (let d = destStart[row]!; d < destStart[row + 1]!; d++) {
      hidden.push(place.gain(d), place.slot(row));
      for (let f = 0; f < k; f++) {
        const up = links.up[d * k + f]!;
        hidden.push(up < 0 ? -1 : place.gain(up), place.theta(start[firstFeature + f]! + (row % k)));
      }
    }
  }
  const first = place.tables + 20; // behind the five numbers of the head
  const middle = first + 4 * feature.length;
  return [place.group(M * k), first, middle, middle, middle + 4 * hidden.length, ...feature, ...hidden];
}
