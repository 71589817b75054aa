/** Which path lanes take, and why: compiled are their cells and estimators; the rest is TypeScript on both. */
import { createCompiledLanes } from './kernels/compiled-lanes.ts';
import { layOutLanes } from './kernels/lanes-layout.ts';
import { canRun, knownCells } from './kernels/module.ts';
import { whyNotLanes } from './kernels/reasons.ts';
import { createLanes, type LanesLearner, type LanesParts, type LanesSettings } from './lanes.ts';
import { memoryAllowed, mib, noSimd, type PathChosen, type PathOptions, referencePath } from './paths.ts';
import { UserError } from './user-error.ts';

interface LanesOnPath {
  readonly learner: LanesLearner;
  readonly chosen: PathChosen;
}

export function createLanesOn(parts: LanesParts, settings: LanesSettings, options: PathOptions = {}): LanesOnPath {
  const { path = 'auto', simd = 'deterministic', threads = 1 } = options;
  if (threads !== 1) throw new UserError('Cannot split lanes over threads: use --threads 1');
  const stay = (why: string): LanesOnPath => {
    if (path === 'compiled') throw new UserError(`Cannot take the compiled path: ${why}; use --path auto or reference`);
    return { learner: createLanes(parts, settings), chosen: referencePath(why) };
  };
  if (path === 'reference') return stay('asked for');
  if (parts.growth) return stay('in lanes weights come and go on the reference path');
  const { cell, lanes } = parts;
  const estimators = lanes.map(({ estimator }) => estimator);
  const unfit = whyNotLanes(cell, estimators, settings.updateEvery ?? 1, knownCells());
  if (unfit !== null) return stay(unfit);
  if (!canRun(simd)) throw noSimd(simd);
  const precision = options.precision === 'f64' ? 'f64' : 'f32';
  const learning = settings.learning ?? true;
  const method = estimators[0]!.kernel!;
  const layout = layOutLanes({ cell, method, lanes: lanes.length, knownCells: knownCells(), precision, learning });
  const limit = memoryAllowed(options.memoryLimit);
  if (layout.bytes > limit) return stay(`it needs ${mib(layout.bytes)} of memory, and may have ${mib(limit)}`);
  const learner = createLanes(parts, settings, createCompiledLanes({ cell, layout, simd }));
  const memoryBytes = layout.bytes;
  const bytesPerParameter = memoryBytes / learner.parameters;
  const reason = 'cell and estimator of the lanes are compiled; features, head and rule are not';
  return {
    learner,
    chosen: { path: 'compiled', precision, simd, threads, memoryBytes, bytesPerParameter, reason },
  };
}
