/**
 * One learner in one WebAssembly memory: what lies where, known before the memory is made. `globals` are the names of
 * assembly/plan.ts; `storage` finds every array that the reference learner names.
 */
import type { LearnerParts, LearnerSettings } from '../learner.ts';
import type { StepSizeRule } from '../types.ts';
import { type Constants, coreMemory } from './core-memory.ts';
import { headMemory } from './head-memory.ts';
import { rulesOf } from './kernel.ts';
import { type MemoryPlan, memoryPlan } from './memory-plan.ts';
import type { Precision } from './module.ts';
import { shareMemory } from './share-memory.ts';
import { ofRule, type Storage } from './storage.ts';

export const CHUNK = 256; // steps per call

export interface Layout {
  readonly bytes: number;
  readonly globals: Readonly<Record<string, number>>; // of an instance that does everything
  readonly shares: readonly Readonly<Record<string, number>>[]; // what is different for each of several threads
  readonly tables: MemoryPlan['tables'];
  readonly constants: Constants;
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
  const { cell: cellRule, head: headRule } = rulesOf(rule.kernel!);
  const { kind, alpha, lambda, decay = 0, epsilon = 0 } = cellRule;
  const size = precision === 'f32' ? 4 : 8;
  const b = cell.components;
  const plan = memoryPlan();
  const kept = method.kind === 'traces' ? b : method.kind === 'panels' || method.kind === 'tape' ? 1 : 0;
  const moments = kind === 'rmsprop' ? 1 : 0;
  const core = coreMemory({ cell, method, plan, knownCells, precision, streams: 2 + kept + moments, threads });
  const { rows, panel } = core;
  const head = headMemory(parts, headRule, plan, size, CHUNK);
  const globals = {
    ...core.globals,
    ...head.globals,
    constants: plan.take(9 * 16),
    rule: kind === 'td-lambda' ? 0 : 1,
    learning: settings.learning === false ? 0 : 1,
    keepState: settings.keepStateAcrossEpisodes === true ? 1 : 0,
    alpha,
    lambda,
    decay,
    epsilon,
  };
  const entry = (vector: number): Storage => ({
    length: cell.rows.source.length,
    type: precision,
    at: (e) => rows.thetaAt(e) + 16 * vector,
  });
  const { pairs, preBytes } = core.globals;
  const shares = shareMemory(parts, rows, plan, size).map((share, thread) => ({
    ...share,
    ...(core.leavesOwnTerms ? { ownTermsEnd: share['ownTerms']! } : {}),
    pairs: pairs === 0 || thread === 0 ? pairs : plan.take(2 * preBytes),
  }));
  return {
    bytes: plan.bytes,
    globals,
    shares,
    tables: plan.tables,
    outputAt: head.outputAt,
    constants: [...core.constants, ...head.constants],
    storage: (global, u32) => ({
      'cell.params': entry(0),
      ...core.storage({ global, u32, influence: panel && panel.at }),
      'estimator.traces': {
        length: b * cell.rows.source.length,
        type: precision,
        at: (i) => rows.thetaAt(Math.floor(i / b)) + 16 * (2 + (i % b)),
      },
      ...ofRule('cell', { 'z.cell': entry(1), 'nu.cell': entry(2 + kept) }),
      ...head.storage,
    }),
  };
}
