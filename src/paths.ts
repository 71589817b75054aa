/** Two paths, one meaning: which of them a learner takes, and why. */
import { createCompiledLearner } from './kernels/compiled-learner.ts';
import { canRun, knownCells, type Precision, type Simd } from './kernels/module.ts';
import { whyNot, whyNotSplit } from './kernels/reasons.ts';
import { createLearner, type Learner, type LearnerParts, type LearnerSettings } from './learner.ts';
import type { StepSizeRule } from './types.ts';
import { UserError } from './user-error.ts';

export interface PathOptions {
  readonly path?: 'auto' | 'reference' | 'compiled'; // auto: compiled where every part has a kernel
  readonly precision?: Precision | 'auto'; // of the compiled path; auto: f32, f64 where steps are tiny
  readonly simd?: Simd; // of the compiled path
  readonly threads?: number; // 2 splits columns over two threads: worth it where a step takes more than some 10 us
}

/** What a learner runs on. */
export interface PathChosen {
  readonly path: 'reference' | 'compiled';
  readonly precision: Precision;
  readonly simd: Simd | null; // null: no SIMD
  readonly threads: number;
  readonly memoryBytes: number | null; // of the learner, known before its memory is made; null: not planned
  readonly bytesPerParameter: number | null;
  readonly reason: string;
}

export const referencePath = (reason: string): PathChosen => ({
  path: 'reference',
  precision: 'f64',
  simd: null,
  threads: 1,
  memoryBytes: null,
  bytesPerParameter: null,
  reason,
});

export function createLearnerOn(
  parts: LearnerParts,
  settings: LearnerSettings,
  options: PathOptions = {},
): { learner: Learner; chosen: PathChosen } {
  const { path = 'auto', simd = 'deterministic', threads = 1 } = options;
  let rule: StepSizeRule | undefined;
  const reference = createLearner({ ...parts, rule: (groups) => (rule = parts.rule(groups)) }, settings);
  const plain = (reason: string) => ({ learner: reference, chosen: referencePath(reason) });
  if (threads !== 1 && threads !== 2) throw new UserError(`Cannot run on ${threads} threads: a net runs on 1 or 2`);
  const alone = threads === 1 ? null : path === 'reference' ? 'the reference path runs on one' : whyNotSplit(parts);
  if (alone !== null) throw new UserError(`Cannot split the net over two threads: ${alone}; use --threads 1`);
  if (path === 'reference') return plain('asked for');
  const why = whyNot(parts, rule!, settings, knownCells());
  if (why !== null && path === 'compiled') {
    throw new UserError(`Cannot take the compiled path: ${why}; use --path auto or reference`);
  }
  if (why !== null && threads > 1)
    throw new UserError(`Cannot split the net over two threads: ${why}; use --threads 1`);
  if (why !== null) return plain(why);
  if (!canRun(simd)) {
    throw new UserError(`Cannot use ${simd} SIMD: this Node has none (22 and newer have); use --simd deterministic`);
  }
  const { precision, reason } = choosePrecision(options.precision ?? 'auto', rule!);
  const learner = createCompiledLearner({ parts, rule: rule!, settings, reference, precision, simd, threads });
  const { memoryBytes } = learner;
  const bytesPerParameter = memoryBytes / learner.parameters;
  const chosen = { path: 'compiled', precision, simd, threads, memoryBytes, bytesPerParameter, reason } as const;
  return { learner, chosen };
}

/** Below these a single change is often lost in the 24 bits of a weight (docs/precision.md). */
const TINY_STEP = { 'td-lambda': 1e-5, rmsprop: 1e-6 } as const;

function choosePrecision(
  asked: Precision | 'auto',
  { kernel }: StepSizeRule,
): { precision: Precision; reason: string } {
  if (asked !== 'auto') return { precision: asked, reason: 'every part has a kernel' };
  const { kind, alpha } = kernel!;
  const isTiny = alpha > 0 && alpha < TINY_STEP[kind];
  if (!isTiny) return { precision: 'f32', reason: 'every part has a kernel' };
  return { precision: 'f64', reason: `every part has a kernel; alpha ${alpha} is too small for f32 weights` };
}
