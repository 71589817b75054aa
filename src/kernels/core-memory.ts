/** Cell and estimator in compiled memory: what a learner, and each of several lanes, has of them. */
import type { Cell } from '../types.ts';
import { directMemory } from './direct-memory.ts';
import type { EstimatorKernel } from './kernel.ts';
import type { MemoryPlan } from './memory-plan.ts';
import type { Precision } from './module.ts';
import { panelMemory, type PanelMemory } from './panel-memory.ts';
import { preLayout, type PreLayout } from './pre-layout.ts';
import { rowMemory, type RowMemory } from './row-memory.ts';
import type { Storage } from './storage.ts';
import { tapeMemory } from './tape-memory.ts';

/** The numbers of assembly/method.ts. */
const METHODS = { traces: 0, immediate: 1, still: 2, panels: 3, tape: 4 } as const;

export type Constants = readonly (readonly [address: number, type: Precision, value: number])[];

export interface CoreMemory {
  readonly globals: Readonly<Record<string, number>> & { readonly preBytes: number; readonly pairs: number };
  readonly constants: Constants;
  readonly rows: RowMemory;
  readonly pre: PreLayout;
  readonly panel: PanelMemory | null;
  readonly leavesOwnTerms: boolean; // what W adds to D's own blocks is left out
  /** Where the state, and what the estimator keeps beside the lines, lie for the learner or lane of these globals. */
  storage(of: LaneGlobals): Record<string, Storage>;
}

/** Present values: two buffers of pre, and two of every panel, change places. */
export interface LaneGlobals {
  readonly global: (name: string) => number;
  readonly u32: (address: number) => number;
  readonly influence: ((i: number, u32: LaneGlobals['u32']) => number) | null; // of the lane's own panels
}

export interface CoreNeeds {
  readonly cell: Cell;
  readonly method: EstimatorKernel;
  readonly plan: MemoryPlan;
  readonly knownCells: readonly string[];
  readonly precision: Precision;
  readonly streams: number; // vectors per line
  readonly threads: number;
}

/** `size` bytes of a number; the intermediates of a cell come in groups of one layer each. */
export function coreMemory({ cell, method, plan, knownCells, precision, streams, threads }: CoreNeeds): CoreMemory {
  const size = precision === 'f32' ? 4 : 8;
  const kernel = cell.kernel!;
  const b = cell.components;
  const entries = cell.units * b;
  const between = cell.rows.width - cell.inputSize - 1 - entries;
  const pre = preLayout(cell, size, between === 0 ? 1 : between / (cell.rows.layers - 1));
  const rows = rowMemory(cell, plan, pre, size, streams, threads);
  const kp = rows.globals['kp']!;
  // Twice the units: what padding rows read of them stays 0.
  const perUnit = 2 * b * kp * size;
  const errors = plan.take(perUnit);
  const component = cell.readout.length === 0 ? 0 : cell.readout[0]! % b; // the first that heads read
  const directs = directMemory(cell, kp, size);
  const panel = method.kind === 'panels' ? panelMemory(cell, method.kept, plan, pre, rows, directs, size) : null;
  const window = method.kind === 'tape' ? method.window : 0;
  const tape = tapeMemory(cell, window, plan, pre, rows, directs, size);
  const tables = plan.take(0);
  const place = {
    tables,
    gain: (d: number) => rows.gainAt(d, 0),
    slot: (r: number) => rows.quads.slotOf[r]! * size,
    theta: rows.thetaAt,
    direct: (s: number) => directs.blocks[s]!.at(0),
    group: (count: number) => Math.ceil((count * size) / 16) * 16,
  };
  plan.table(kernel.tables?.(place) ?? []);
  const options = plan.take(8 * kernel.options.length);
  const { stateBytes } = pre;
  const leavesOwnTerms = method.kind === 'traces' && method.block === 'direct';
  const globals = {
    ...rows.globals,
    ...(leavesOwnTerms
      ? { ownTermsEnd: rows.globals['ownTerms']!, moreOwnTermsEnd: rows.globals['moreOwnTerms']! }
      : {}),
    ...panel?.globals,
    ...tape.globals,
    inputs: cell.inputSize,
    units: cell.units,
    components: b,
    cell: knownCells.indexOf(kernel.id),
    options,
    tables,
    pre: plan.take(pre.bytes),
    next: plan.take(pre.bytes),
    preBytes: pre.bytes,
    pairs: rows.quads.all.some(({ gathers }) => gathers.length > 0) ? plan.take(2 * pre.bytes) : 0,
    xAt: pre.xAt,
    stateAt: pre.stateAt,
    restAt: pre.restAt,
    betweenAt: pre.betweenAt,
    stateBytes,
    work: plan.take(Math.max(kernel.work * kp * size, 16)),
    gain: plan.take(rows.gainBytes),
    direct: plan.take(directs.bytes),
    own: plan.take(b * perUnit),
    errors,
    q: errors + component * kp * size,
    method: METHODS[method.kind],
  };
  const real = (length: number, at: Storage['at']): Storage => ({ length, type: precision, at });
  return {
    globals,
    rows,
    pre,
    panel,
    leavesOwnTerms,
    constants: [
      ...[globals.pre, globals.next, ...(tape.now === null ? [] : [tape.now])].map(
        (at) => [at + pre.oneAt, precision, 1] as const,
      ),
      ...kernel.options.map((value, i) => [options + 8 * i, 'f64', value] as const),
    ],
    storage: ({ global, u32, influence }) => ({
      'lane.state': real(entries, (i) => global('next') + pre.stateAt + pre.stateOffset(i)),
      'estimator.pre': real(cell.rows.width, (i) => global('pre') + pre.offset(i)),
      'estimator.gain': real(cell.rows.dest.length * b, (i) => {
        return global('gain') + rows.gainAt(Math.floor(i / b), i % b);
      }),
      'estimator.influence': real(panel?.entries ?? 0, (i) => influence!(i, u32)),
      'estimator.states': real(window * entries, (i) => {
        return global('tapeStates') + Math.floor(i / entries) * stateBytes + pre.stateOffset(i % entries);
      }),
      'estimator.inputs': real(window * cell.inputSize, (i) => global('tapeInputs') + i * size),
    }),
  };
}
