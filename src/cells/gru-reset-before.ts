/**
 * Gated recurrent unit as first published, with the reset gate BEFORE the recurrent product (Cho et al. 2014):
 *   z = sigma(U_z x + W_z h + b_z)   r = sigma(U_r x + W_r h + b_r)   a = tanh(U_a x + W_a (r h) + b_a)
 *   h_t = (1 - z) h + z a                                                                                    (1)
 * Two layers of rows: z and r, then a, which reads r_j h_j where others read h_j. What r_j gates reaches every unit i
 * that reads it within the step, so a reset row has several destinations, and h_j acts at fixed sums too:
 *   gain_z = (a - h) z(1-z),   gain_a = z(1-a^2)                                                             (2)
 *   gain_r[j to i] = gain_a[i] W_a[i,j] h_j r_j(1-r_j)                                                       (3)
 *   direct[i,j] = gain_a[i] W_a[i,j] r_j, and 1 - z_i more where i = j                                       (4)
 * A dense net of k units keeps (k + 2) / 3k of J with SnAp-1, against 1 / k where the reset comes after: see gru.ts.
 */
import { z as schema } from 'zod';
import type { Places } from '../kernels/kernel.ts';
import { definePart } from '../part.ts';
import { buildRows, createLane, places, type Shape } from '../rows.ts';
import { sigmoid } from '../sigmoid.ts';
import { range } from '../sources.ts';
import { fanInWeights, recurrentSources, SPARSE_OPTIONS } from '../sparse-net.ts';
import type { Cell, CellNeeds, Lane, Rows } from '../types.ts';
import { setBias } from '../weights.ts';

const options = schema.strictObject({
  units: schema.number().int().min(1).max(4096).default(6),
  ...SPARSE_OPTIONS,
  updateBias: schema.number().default(0).describe('b_z at the start; negative values keep the state longer'),
});

export default definePart<schema.infer<typeof options>, CellNeeds, Cell>({
  cite: 'cho2014learning',
  summary: 'gated recurrent unit, reset before the recurrent product',
  options,
  create({ units: k, density, mask, gain: spread, updateBias }, rng, { inputSize }) {
    const shape: Shape = { inputSize, units: k, components: 1, intermediates: k };
    const { state, intermediate } = places(shape);
    const kept = recurrentSources(shape, 0, { density, mask }, rng);
    const draw = (): number[][] => range(0, k).map((unit) => kept(unit));
    const rows = wiring(shape, draw(), draw(), draw());
    const params = fanInWeights(rows, spread, rng);
    if (updateBias !== 0) setBias(rows, params, 'update', updateBias);
    const links = linksOf(rows);
    return {
      inputSize,
      units: k,
      components: 1,
      params,
      rows,
      readout: Int32Array.from(range(0, k)),
      kernel: { id: 'gru-reset-before', options: [], work: 3, tables: (place) => kernelTables(rows, links, place) },
      lane: () => createLane(rows, 3 * k), // [z; r; a]
      begin: (lane) => lane.reset(),
      activate(layer, lane) {
        if (layer === 0) gates(k, state, intermediate, lane);
        else output(k, lane);
      },
      differentiate(lane) {
        unitGains(rows, lane);
        throughReset(rows, links, params, lane);
      },
    };
  },
});

/** What update, reset and candidate of every unit read, as if the candidate read h where it reads r h. */
function wiring(shape: Shape, update: number[][], reset: number[][], candidate: number[][]): Rows {
  const { state, intermediate } = places(shape);
  const read = candidate.map((sources) => sources.filter((s) => s >= state).map((s) => s - state)); // units j of W_a[i,j]
  const readers = read.map((_, unit) => [unit]); // own first
  read.forEach((units, i) => units.forEach((j) => i !== j && readers[j]!.push(i)));
  const gate = (sources: number[], unit: number) => ({ sources, destinations: [unit] });
  const groups = [
    { name: 'update', rows: update.map(gate) },
    { name: 'reset', rows: reset.map((sources, unit) => ({ sources, destinations: readers[unit]! })) },
    {
      name: 'candidate',
      rows: candidate.map((sources, unit) => ({
        layer: 1,
        sources: sources.map((s) => (s < state ? s : intermediate + s - state)),
        destinations: [unit],
      })),
    },
  ];
  return buildRows(shape, groups, { columns: (unit) => read[unit]!.filter((j) => j !== unit) });
}

function gates(k: number, state: number, intermediate: number, { pre, sum, work }: Lane): void {
  for (let i = 0; i < k; i++) {
    work[i] = sigmoid(sum[i]!);
    const r = (work[k + i] = sigmoid(sum[k + i]!));
    pre[intermediate + i] = r * pre[state + i]!;
  }
}

function output(k: number, { sum, work, state: h }: Lane): void {
  for (let i = 0; i < k; i++) {
    const z = work[i]!;
    const a = (work[2 * k + i] = Math.tanh(sum[2 * k + i]!));
    h[i] = (1 - z) * h[i]! + z * a; // (1)
  }
}

/** Every weight W_a[i,j], in the order of theta. [links] each */
interface Links {
  readonly i: Int32Array;
  readonly j: Int32Array;
  readonly entry: Int32Array; // of theta
  readonly destination: Int32Array; // i among those of reset row j
  readonly block: Int32Array; // (i, j) of direct
}

function linksOf(rows: Rows): Links {
  const { units: k, start, source, destStart, direct, width } = rows;
  const found: [i: number, j: number, entry: number, destination: number, block: number][] = [];
  const next = Int32Array.from({ length: k }, (_, j) => destStart[k + j]! + 1); // others come in ascending order
  for (let i = 0; i < k; i++) {
    let other = direct.start[i]! + 1;
    for (let e = start[2 * k + i]!; e < start[2 * k + i + 1]!; e++) {
      const j = source[e]! - (width - k);
      if (j < 0) continue;
      const isOwn = i === j;
      found.push([i, j, e, isOwn ? destStart[k + j]! : next[j]!++, isOwn ? direct.start[i]! : other++]);
    }
  }
  const column = (c: 0 | 1 | 2 | 3 | 4): Int32Array => Int32Array.from(found, (link) => link[c]);
  return { i: column(0), j: column(1), entry: column(2), destination: column(3), block: column(4) };
}

/** The gains of update and candidate, and 1 - z of direct. */
function unitGains(rows: Rows, { pre, work, gain, direct }: Lane): void {
  const { units: k, inputSize, destStart } = rows;
  const candidate = destStart[2 * k]!;
  direct.fill(0);
  for (let i = 0; i < k; i++) {
    const z = work[i]!;
    const a = work[2 * k + i]!;
    gain[i] = (a - pre[inputSize + 1 + i]!) * z * (1 - z); // (2)
    gain[candidate + i] = z * (1 - a * a);
    direct[rows.direct.start[i]!] = 1 - z;
  }
}

/** What goes through r h. */
function throughReset(rows: Rows, links: Links, params: Float64Array, { pre, work, gain, direct }: Lane): void {
  const { units: k, inputSize, destStart } = rows;
  const candidate = destStart[2 * k]!;
  for (let l = 0; l < links.entry.length; l++) {
    const j = links.j[l]!;
    const r = work[k + j]!;
    const slope = gain[candidate + links.i[l]!]! * params[links.entry[l]!]! * r;
    gain[links.destination[l]!] = slope * pre[inputSize + 1 + j]! * (1 - r); // (3)
    direct[links.block[l]!]! += slope; // (4)
  }
}

/** (3) and (4) as an index table: the layout is told in kernels/assembly/cells/gru-reset-before.ts. */
function kernelTables({ units: k, destStart }: Rows, links: Links, place: Places): number[] {
  const all = range(0, links.entry.length);
  const isOwn = (l: number): boolean => links.i[l] === links.j[l];
  const record = (l: number): number[] => [
    place.gain(destStart[2 * k]! + links.i[l]!),
    place.theta(links.entry[l]!),
    place.slot(links.j[l]!),
    place.gain(links.destination[l]!),
    place.direct(links.block[l]!),
  ];
  const own = all.filter(isOwn).flatMap(record);
  const others = all.filter((l) => !isOwn(l)).flatMap(record);
  const ownEnd = place.tables + 8 + 4 * own.length; // behind the two numbers of the head
  return [ownEnd, ownEnd + 4 * others.length, ...own, ...others];
}
