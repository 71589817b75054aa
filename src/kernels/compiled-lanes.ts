/**
 * Cell and estimator of several lanes in WebAssembly: an instance per lane over one memory. Theta and the sum of
 * gradients lie there once; the host's theta, in f64, is the one that rules move and checkpoints keep.
 */
import type { LanesEngine } from '../learning/lanes-engine.ts';
import type { Cell, Stateful } from '../types.ts';
import { compiledCore } from './lane-core.ts';
import type { LanesLayout } from './lanes-layout.ts';
import { initialise, pagesOf } from './memory.ts';
import { instantiate, type Kernels, type Simd } from './module.ts';
import { readStorage, type Storage, writeStorage } from './storage.ts';

export interface CompiledLanesNeeds {
  readonly cell: Cell;
  readonly layout: LanesLayout;
  readonly simd: Simd;
}

export function createCompiledLanes({ cell, layout, simd }: CompiledLanesNeeds): LanesEngine {
  const { precision } = layout;
  const pages = pagesOf(layout.bytes);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const instances = layout.lanes.map(({ globals }, lane) => {
    const kernels = instantiate(precision, simd, memory);
    initialise({ globals, ...(lane === 0 ? layout : { tables: [], constants: [] }) }, kernels, memory);
    return kernels;
  });
  const view = new DataView(memory.buffer);
  const numbers = precision === 'f32' ? new Float32Array(memory.buffer) : new Float64Array(memory.buffer);
  const placesOf = (address: (entry: number) => number): Int32Array =>
    Int32Array.from({ length: cell.params.length }, (_, entry) => address(entry) / numbers.BYTES_PER_ELEMENT);
  const theta = placesOf(layout.thetaAt);
  const gradient = placesOf(layout.gradientAt);
  const spread = (): void => {
    const { params } = cell;
    for (let e = 0; e < theta.length; e++) numbers[theta[e]!] = params[e]!;
  };
  spread();
  return {
    core: (lane, parts, settings) => {
      const kernels = instances[lane]!;
      const { globals, storage } = layout.lanes[lane]!;
      const f64 = (name: string, length: number) => new Float64Array(memory.buffer, globals[name]!, length);
      const stored = storage({
        global: (name) => kernels.globals[name]!.value as number,
        u32: (address) => view.getUint32(address, true),
      });
      return compiledCore(parts, settings, {
        kernels,
        x: f64('x', cell.inputSize),
        outputs: f64('laneOutputs', cell.readout.length),
        errors: f64('laneErrors', cell.readout.length),
        over: (prefix, { arrays }) => over(prefix, arrays, stored, view, kernels),
      });
    },
    spread,
    sums: {
      read: (into) => {
        for (let e = 0; e < gradient.length; e++) into[e] = numbers[gradient[e]!]!;
      },
      write: (from) => {
        for (let e = 0; e < gradient.length; e++) numbers[gradient[e]!] = from[e]!;
      },
      clear: () => instances[0]!.laneForget(),
    },
  };
}

/** The arrays of one part of a lane over compiled memory. */
function over(
  prefix: string,
  arrays: Stateful['arrays'],
  stored: Readonly<Record<string, Storage>>,
  view: DataView,
  { globals, laneBegin }: Kernels,
): Stateful {
  const lived = globals['lived']!;
  const find = (name: string): Storage => stored[`${prefix}.${name}`]!;
  return {
    arrays,
    read(name, into) {
      if (name === 'count') into[0] = lived.value as number;
      else if (arrays[name]! > 0) readStorage(find(name), view, into);
    },
    write(name, from) {
      if (name === 'count') lived.value = from[0]!;
      else if (arrays[name]! > 0) writeStorage(find(name), view, from);
    },
    reset: laneBegin,
  };
}
