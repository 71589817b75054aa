/**
 * Several lanes in one WebAssembly memory (assembly/lane.ts). They share theta, the sum of gradients and whatever lives
 * within a step; each has a state, traces or influence, and a tape of its own, and so a set of globals.
 */
import type { Cell } from '../types.ts';
import { type Constants, coreMemory, type LaneGlobals } from './core-memory.ts';
import type { EstimatorKernel } from './kernel.ts';
import { type MemoryPlan, memoryPlan } from './memory-plan.ts';
import type { Precision } from './module.ts';
import { readoutPlaces } from './readout.ts';
import type { Storage } from './storage.ts';

export interface LanesLayout {
  readonly bytes: number;
  readonly precision: Precision;
  readonly tables: MemoryPlan['tables'];
  readonly constants: Constants;
  readonly lanes: readonly {
    readonly globals: Readonly<Record<string, number>>;
    storage(now: Omit<LaneGlobals, 'influence'>): Record<string, Storage>; // what is the lane's own
  }[];
  readonly thetaAt: (entry: number) => number; // address
  readonly gradientAt: (entry: number) => number; // address of its place in the sum
}

export interface LanesNeeds {
  readonly cell: Cell;
  readonly method: EstimatorKernel; // of every lane
  readonly lanes: number;
  readonly knownCells: readonly string[];
  readonly precision: Precision;
  readonly learning: boolean;
}

export function layOutLanes({ cell, method, lanes, knownCells, precision, learning }: LanesNeeds): LanesLayout {
  const plan = memoryPlan();
  const size = precision === 'f32' ? 4 : 8;
  const b = cell.components;
  const isApart = method.kind === 'panels' || method.kind === 'tape'; // the gradient is made apart, then added
  const core = coreMemory({ cell, method, plan, knownCells, precision, streams: isApart ? 3 : 2, threads: 1 });
  const { rows, pre } = core;
  const { quads, gainBytes, thetaAt } = rows;
  const reads = readoutPlaces(cell, 16 / size);
  const tracesBytes = method.kind === 'traces' ? quads.lines * 16 * b : 0;
  const tape = {
    inputs: (method.kind === 'tape' ? method.window : 0) * cell.inputSize * size,
    states: (method.kind === 'tape' ? method.window : 0) * pre.stateBytes,
  };
  const shared = {
    ...core.globals,
    readings: reads.components,
    outputs: reads.length,
    learning: learning ? 1 : 0,
    laneGainBytes: gainBytes,
    tracesBytes,
    constants: plan.take(9 * 16),
    x: plan.take(8 * cell.inputSize),
    laneOutputs: plan.take(8 * cell.readout.length),
    laneErrors: plan.take(8 * cell.readout.length),
  };
  const first = { globals: {}, at: core.panel?.at ?? null };
  const all = Array.from({ length: lanes }, (_, lane) => {
    const panels = lane === 0 ? first : (core.panel?.another() ?? first);
    const own = {
      pre: plan.take(pre.bytes),
      next: plan.take(pre.bytes),
      gain: plan.take(gainBytes),
      traces: plan.take(tracesBytes),
      tapeInputs: plan.take(tape.inputs),
      tapeStates: plan.take(tape.states),
    };
    const globals: Readonly<Record<string, number>> = { ...shared, ...panels.globals, ...own };
    const traceAt = (i: number): number => {
      const entry = Math.floor(i / b);
      return own.traces + 16 * (b * quads.lineOf[entry]! + (i % b)) + quads.laneOf[entry]! * size;
    };
    const length = b * cell.rows.source.length;
    return {
      globals,
      storage: (now: Omit<LaneGlobals, 'influence'>): Record<string, Storage> => ({
        ...core.storage({ ...now, influence: panels.at }),
        'estimator.traces': { length, type: precision, at: traceAt },
      }),
    };
  });
  const ones = all.flatMap(({ globals }) => [globals['pre']!, globals['next']!]);
  return {
    bytes: plan.bytes,
    precision,
    tables: plan.tables,
    constants: [...core.constants, ...ones.map((at) => [at + pre.oneAt, precision, 1] as const)],
    lanes: all,
    thetaAt,
    gradientAt: (entry) => thetaAt(entry) + 16,
  };
}
