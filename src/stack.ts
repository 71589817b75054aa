/**
 * Cells on top of each other, as one cell. Layer l+1 reads o_l, the readout of layer l:
 *   s_l+1(t) = f_l+1(s_l+1(t-1), o_l(t))         within the step; `delayed`: o_l(t-1), a step for every layer     (1)
 * Units of few components are padded to the largest b with zeros. Within the step a sum a_r of a lower layer moves all
 * that is above, and so does what its state does at fixed sums; with rows r' of layer l+1 and outputs j of layer l
 *   d s_u / d o_j = sum over r' that read o_j of gain_r'[u] theta_r',j                                            (2)
 *   gain_r[u] = sum_j gain_r[o_j] d s_u / d o_j,   direct[u, v] = sum_j d s_u / d o_j direct[o_j, v]              (3)
 * from the top down, gain_r' already with all that is above its own layer. (2) is all there is, for inputs enter a layer
 * through sums alone. Each layer lives on a lane and a theta of its own, as if it were by itself, copied in and out.
 */
import { createLane, places } from './rows.ts';
import { type StackLayer, type StackOptions, standLayers } from './stack/places.ts';
import { stackRows } from './stack/rows.ts';
import type { StackTables } from './stack/tables.ts';
import type { Cell, Lane } from './types.ts';

export type { StackOptions };

interface StackLane extends Lane {
  readonly lanes: readonly Lane[]; // one per layer
}

/** A layer at work. */
interface Member extends StackLayer, StackTables {
  readonly params: Float64Array; // its part of theta
  readonly inner: number; // first of its intermediates in its own pre
}

export function stack(cells: readonly Cell[], options: StackOptions = {}): Cell {
  const { shape, layers } = standLayers(cells, options);
  const b = shape.components;
  const { rows, tables } = stackRows(shape, layers);
  const params = Float64Array.from(cells.flatMap((cell) => [...cell.params])); // theta [p], layer by layer
  const members = layers.map((layer, l) => member(layer, tables[l]!, params));
  const levels = members.flatMap((at, l) => Array.from({ length: at.cell.rows.layers }, () => l));
  const read = options.heads === 'all' ? members : members.slice(-1);
  return {
    inputSize: shape.inputSize,
    units: shape.units,
    components: b,
    params,
    rows,
    readout: Int32Array.from(read.flatMap(({ cell, entry }) => Array.from(cell.readout, (e) => entry[e]!))),
    noKernel: 'stacks run on the reference path',
    lane() {
      const lane = createLane(rows, rows.stack!.linkUnit.length * b); // [links x b]
      const made: StackLane = { ...lane, lanes: cells.map((cell) => cell.lane()) };
      return made;
    },
    begin(lane) {
      lane.reset();
      members.forEach((at, l) => {
        const own = (lane as StackLane).lanes[l]!;
        at.cell.begin(own);
        hand(own.state, at.entry, lane.state);
      });
    },
    activate(level, lane) {
      const at = members[levels[level]!]!;
      const own = (lane as StackLane).lanes[levels[level]!]!;
      if (level === at.level) enter(at, own, lane);
      for (let i = 0; i < own.sum.length; i++) own.sum[i] = lane.sum[at.row + i]!;
      at.cell.activate(level - at.level, own);
      for (let i = at.inner; i < own.pre.length; i++) lane.pre[at.place[i]!] = own.pre[i]!;
      if (level === at.level + at.cell.rows.layers - 1) leave(at, own, lane, b); // (1)
    },
    differentiate(lane) {
      lane.gain.fill(0);
      lane.direct.fill(0);
      lane.work.fill(0);
      for (let l = members.length - 1; l >= 0; l--) {
        const at = members[l]!;
        const own = (lane as StackLane).lanes[l]!;
        at.cell.differentiate(own);
        handGains(at, own, lane, b);
        handDirect(at, own, lane, b);
        chain(at, own, lane, params, b);
      }
    },
  };
}

function member(layer: StackLayer, tables: StackTables, theta: Float64Array): Member {
  const { cell, theta: first } = layer;
  const params = theta.subarray(first, first + cell.params.length);
  return { ...layer, ...tables, params, inner: places(cell.rows).intermediate };
}

/** Before a layer's first sums are used: theta, what it reads and its s_{t-1}, as the layer knows them. */
function enter({ cell, params, inner, place }: Member, own: Lane, lane: Lane): void {
  cell.params.set(params);
  for (let i = 0; i < inner; i++) own.pre[i] = lane.pre[place[i]!]!;
  const first = inner - own.state.length;
  for (let i = 0; i < own.state.length; i++) own.state[i] = own.pre[first + i]!;
}

/** After its last: s_t, and its outputs for the layer above. */
function leave({ cell, unit, entry, copies }: Member, own: Lane, lane: Lane, b: number): void {
  lane.state.fill(0, unit * b, (unit + cell.units) * b); // padding holds nothing
  hand(own.state, entry, lane.state);
  if (copies < 0) return;
  for (let j = 0; j < cell.readout.length; j++) lane.pre[copies + j] = own.state[cell.readout[j]!]!;
}

function hand(from: Float64Array, entry: Int32Array, to: Float64Array): void {
  for (let i = 0; i < from.length; i++) to[entry[i]!] = from[i]!;
}

function handGains({ cell, gain }: Member, own: Lane, lane: Lane, b: number): void {
  const few = cell.components;
  for (let d = 0; d < gain.length; d++) {
    for (let c = 0; c < few; c++) lane.gain[gain[d]! * b + c] = own.gain[d * few + c]!;
  }
}

function handDirect({ cell, direct }: Member, own: Lane, lane: Lane, b: number): void {
  const few = cell.components;
  for (let s = 0; s < direct.length; s++) {
    for (let i = 0; i < few; i++) {
      for (let j = 0; j < few; j++) lane.direct[(direct[s]! * b + i) * b + j] = own.direct[(s * few + i) * few + j]!;
    }
  }
}

/** What a lower layer does to all above it. */
function chain({ cell, links, gains, directs }: Member, own: Lane, lane: Lane, theta: Float64Array, b: number): void {
  const { gain, direct, work } = lane; // work [links x b]: d s_u / d o_j
  for (let i = 0; i < links.length; i += 3) {
    const weight = theta[links[i + 2]!]!;
    for (let c = 0; c < b; c++) work[links[i]! * b + c]! += gain[links[i + 1]! * b + c]! * weight; // (2)
  }
  for (let i = 0; i < gains.length; i += 3) {
    const moved = own.gain[gains[i + 1]!]!;
    for (let c = 0; c < b; c++) gain[gains[i]! * b + c]! += moved * work[gains[i + 2]! * b + c]!; // (3)
  }
  for (let i = 0; i < directs.length; i += 3) {
    for (let j = 0; j < cell.components; j++) {
      const moved = own.direct[directs[i + 1]! + j]!;
      for (let c = 0; c < b; c++) direct[directs[i]! + c * b + j]! += moved * work[directs[i + 2]! * b + c]!; // (3)
    }
  }
}
