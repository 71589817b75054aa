/** Two paths, one meaning: which of them a learner takes, and why. */
import { createCompiledLearner } from './kernels/compiled-learner.ts';
import { rulesOf } from './kernels/kernel.ts';
import { layOut } from './kernels/layout.ts';
import { canRun, knownCells, type Precision, type Simd } from './kernels/module.ts';
import { whyNot, whyNotSplit } from './kernels/reasons.ts';
import { createLearner, type Learner, type LearnerParts, type LearnerSettings } from './learner.ts';
import { type StepSizes, stepSizesInUse } from './step-sizes-in-use.ts';
import type { Growth, StepSizeRule, WeightGroup } from './types.ts';
import { UserError } from './user-error.ts';

/** Which path to take, and how the compiled one is built. */
export interface PathOptions {
  readonly path?: 'auto' | 'reference' | 'compiled'; // auto: compiled where every part has a kernel
  readonly precision?: Precision | 'auto'; // of the compiled path; auto: f32, f64 where steps are tiny
  readonly simd?: Simd; // of the compiled path
  readonly memoryLimit?: number; // bytes of compiled memory, at most and by default 2 GiB
  readonly threads?: number; // 2 splits columns over two threads: worth it where a step takes more than some 10 us
}

/** What a learner runs on. */
export interface PathChosen {
  readonly path: 'reference' | 'compiled'; // TypeScript in float64, or WebAssembly
  readonly precision: Precision; // of weights, traces and state
  readonly simd: Simd | null; // null: no SIMD
  readonly threads: number; // 1 or 2
  readonly memoryBytes: number | null; // of the learner, known before its memory is made; null: not planned
  readonly bytesPerParameter: number | null; // memoryBytes / parameters
  readonly reason: string; // why this path, in words
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

interface OnPath {
  readonly learner: Learner;
  readonly chosen: PathChosen;
  readonly rule: StepSizeRule;
  readonly stepSizes: StepSizes | null; // null: fixed
}

/** The learner on the path asked for, and which it is; a UserError where that path cannot take its parts. */
export function createLearnerOn(parts: LearnerParts, settings: LearnerSettings, options: PathOptions = {}): OnPath {
  const { path = 'auto', simd = 'deterministic', threads = 1 } = options;
  let made: StepSizeRule | undefined;
  const moved = new Set<WeightGroup['name']>();
  let growth: Growth | null = null;
  const reference = createLearner(
    {
      ...parts,
      rule(groups, lambda) {
        for (const { name } of groups) moved.add(name);
        return (made = parts.rule(groups, lambda));
      },
      ...(parts.growth ? { growth: (learner) => (growth = parts.growth!(learner)) } : {}),
    },
    settings,
  );
  const rule = parts.head.horde ? reference.rule : made!;
  const unsplit = whyUnsplit(parts, rule, path, threads);
  if (unsplit !== null) throw new UserError(`Cannot split the net over two threads: ${unsplit}; use --threads 1`);
  const unfit = path === 'reference' ? 'asked for' : whyNot(parts, rule, settings, knownCells(), growth);
  const withSizes = (on: { learner: Learner; chosen: PathChosen }): OnPath => {
    const stepSizes =
      settings.learning === false
        ? null
        : stepSizesInUse({ learner: on.learner, rule, isTwin: on.learner !== reference, parts, moved });
    return { ...on, rule, stepSizes };
  };
  if (unfit !== null) return withSizes(stayOn(reference, unfit, path, threads));
  if (!canRun(simd)) throw noSimd(simd);
  const { precision, reason } = choosePrecision(options.precision ?? 'auto', rule);
  const layout = layOut(parts, rule, settings, knownCells(), precision, threads);
  const limit = memoryAllowed(options.memoryLimit);
  if (layout.bytes > limit) {
    const needs = `it needs ${mib(layout.bytes)} of memory, and may have ${mib(limit)}`;
    return withSizes(stayOn(reference, needs, path, threads));
  }
  const learner = createCompiledLearner({ parts, layout, settings, reference, precision, simd, threads });
  const { memoryBytes } = learner;
  const bytesPerParameter = memoryBytes / learner.parameters;
  const chosen = { path: 'compiled', precision, simd, threads, memoryBytes, bytesPerParameter, reason } as const;
  return withSizes({ learner, chosen });
}

/** The reference path, unless more than it can do was asked for. */
function stayOn(learner: Learner, why: string, path: PathOptions['path'], threads: number) {
  if (path === 'compiled') throw new UserError(`Cannot take the compiled path: ${why}; use --path auto or reference`);
  if (threads > 1) throw new UserError(`Cannot split the net over two threads: ${why}; use --threads 1`);
  return { learner, chosen: referencePath(why) };
}

function whyUnsplit(
  parts: LearnerParts,
  rule: StepSizeRule,
  path: PathOptions['path'],
  threads: number,
): string | null {
  if (threads === 1) return null;
  if (threads !== 2) throw new UserError(`Cannot run on ${threads} threads: a net runs on 1 or 2`);
  return path === 'reference' ? 'the reference path runs on one' : whyNotSplit(parts, rule);
}

export function noSimd(simd: Simd): UserError {
  return new UserError(`Cannot use ${simd} SIMD: none is here (Node 22 and newer have it); use --simd deterministic`);
}

export const mib = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;

/** Addresses are signed in some places of WebAssembly's own interface. */
const MOST = 2 ** 31;

export const memoryAllowed = (limit = MOST): number => Math.min(MOST, limit);

/** Below these a single change is often lost in the 24 bits of a weight (docs/compiled-path.md). */
const TINY_STEP = { 'td-lambda': 1e-5, rmsprop: 1e-6 } as const;

function choosePrecision(
  asked: Precision | 'auto',
  { kernel }: StepSizeRule,
): { precision: Precision; reason: string } {
  if (asked !== 'auto') return { precision: asked, reason: 'every part has a kernel' };
  const { kind, alpha } = rulesOf(kernel!).cell;
  const isTiny = alpha > 0 && alpha < TINY_STEP[kind];
  if (!isTiny) return { precision: 'f32', reason: 'every part has a kernel' };
  return { precision: 'f64', reason: `every part has a kernel; alpha ${alpha} is too small for f32 weights` };
}
