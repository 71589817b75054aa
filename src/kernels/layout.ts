/**
 * One learner in one WebAssembly memory: what lies where, known before the memory is made. `globals` are the names of
 * assembly/plan.ts; `storage` finds every array that the reference learner names.
 */
import type { LearnerParts, LearnerSettings } from '../learner.ts';
import type { StepSizeRule } from '../types.ts';
import { rulesOf } from './kernel.ts';
import { directMemory } from './direct-memory.ts';
import { headMemory } from './head-memory.ts';
import { type MemoryPlan, memoryPlan } from './memory-plan.ts';
import type { Precision } from './module.ts';
import { panelMemory } from './panel-memory.ts';
import { preLayout } from './pre-layout.ts';
import { rowMemory } from './row-memory.ts';
import { shareMemory } from './share-memory.ts';
import { ofRule, type Storage } from './storage.ts';
import { tapeMemory } from './tape-memory.ts';

export const CHUNK = 256; // steps per call

/** The numbers of assembly/method.ts. */
const METHODS = { traces: 0, immediate: 1, still: 2, panels: 3, tape: 4 } as const;

export interface Layout {
  readonly bytes: number;
  readonly globals: Readonly<Record<string, number>>; // of an instance that does everything
  readonly shares: readonly Readonly<Record<string, number>>[]; // what is different for each of several threads
  readonly tables: MemoryPlan['tables'];
  readonly constants: readonly (readonly [address: number, type: Precision, value: number])[];
  /** `global` gives the present value of a global: two buffers of pre, and two of every panel, change places. */
  readonly storage: (global: (name: string) => number, u32: (address: number) => number) => Record<string, Storage>;
  readonly outputAt: (output: number) => number; // where an output lies in the features' statistics
}

export function layOut(
  parts: LearnerParts,
  rule: StepSizeRule,
  settings: LearnerSettings,
  knownCells: readonly string[],
  precision: Precision,
  threads = 1,
): Layout {
  const { cell, estimator } = parts;
  const method = estimator.kernel!;
  const kernel = cell.kernel!;
  const { cell: cellRule, head: headRule } = rulesOf(rule.kernel!);
  const { kind, alpha, lambda, decay = 0, epsilon = 0 } = cellRule;
  const size = precision === 'f32' ? 4 : 8;
  const b = cell.components;
  const plan = memoryPlan();
  const entries = cell.units * b;
  const between = cell.rows.width - cell.inputSize - 1 - entries;
  const pre = preLayout(cell, size, between === 0 ? 1 : between / (cell.rows.layers - 1));
  const kept = method.kind === 'traces' ? b : method.kind === 'panels' || method.kind === 'tape' ? 1 : 0;
  const moments = kind === 'rmsprop' ? 1 : 0;
  const rows = rowMemory(cell, plan, pre, size, 2 + kept + moments, threads);
  const kp = rows.globals['kp']!;
  // Twice the units: what padding rows read of them stays 0.
  const perUnit = 2 * b * kp * size;
  const errors = plan.take(perUnit);
  const component = cell.readout.length === 0 ? 0 : cell.readout[0]! % b; // the first that heads read
  const directs = directMemory(cell, kp, size);
  const head = headMemory(parts, headRule, plan, size, CHUNK);
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
  const stateBytes = pre.stateBytes;
  const isDirect = method.kind === 'traces' && method.block === 'direct'; // what W adds to D's own blocks is left out
  const globals = {
    ...rows.globals,
    ...(isDirect ? { ownTermsEnd: rows.globals['ownTerms']!, moreOwnTermsEnd: rows.globals['moreOwnTerms']! } : {}),
    ...head.globals,
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
    constants: plan.take(9 * 16),
    method: METHODS[method.kind],
    rule: kind === 'td-lambda' ? 0 : 1,
    learning: settings.learning === false ? 0 : 1,
    keepState: settings.keepStateAcrossEpisodes === true ? 1 : 0,
    alpha,
    lambda,
    decay,
    epsilon,
  };
  const buffers = [globals.pre, globals.next, ...(tape.now === null ? [] : [tape.now])];
  const real = (length: number, at: Storage['at']): Storage => ({ length, type: precision, at });
  const entry = (vector: number) => real(cell.rows.source.length, (e) => rows.thetaAt(e) + 16 * vector);
  const shares = shareMemory(parts, rows, plan, size).map((share, thread) => ({
    ...share,
    ...(isDirect ? { ownTermsEnd: share['ownTerms']! } : {}),
    pairs: globals.pairs === 0 || thread === 0 ? globals.pairs : plan.take(2 * pre.bytes),
  }));
  return {
    bytes: plan.bytes,
    globals,
    shares,
    tables: plan.tables,
    outputAt: head.outputAt,
    constants: [
      ...buffers.map((buffer) => [buffer + pre.oneAt, precision, 1] as const),
      ...kernel.options.map((value, i) => [options + 8 * i, 'f64', value] as const),
      ...head.constants,
    ],
    storage: (global, u32) => ({
      'cell.params': entry(0),
      'lane.state': real(entries, (i) => global('next') + pre.stateAt + pre.stateOffset(i)),
      'estimator.traces': real(b * cell.rows.source.length, (i) => {
        return rows.thetaAt(Math.floor(i / b)) + 16 * (2 + (i % b));
      }),
      'estimator.pre': real(cell.rows.width, (i) => global('pre') + pre.offset(i)),
      'estimator.gain': real(cell.rows.dest.length * b, (i) => {
        return globals.gain + rows.gainAt(Math.floor(i / b), i % b);
      }),
      'estimator.influence': real(panel?.entries ?? 0, (i) => panel!.at(i, u32)),
      'estimator.states': real(window * entries, (i) => {
        return tape.globals['tapeStates']! + Math.floor(i / entries) * stateBytes + pre.stateOffset(i % entries);
      }),
      'estimator.inputs': real(window * cell.inputSize, (i) => tape.globals['tapeInputs']! + i * size),
      ...ofRule('cell', { 'z.cell': entry(1), 'nu.cell': entry(2 + kept) }),
      ...head.storage,
    }),
  };
}
