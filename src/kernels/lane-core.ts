/**
 * A lane whose cell and estimator are compiled: the core of src/learning/core.ts, where J_t and its part of the gradient
 * come in one call, once it is known what to learn from the step. Features, inputs and head are as they are, in f64.
 */
import { allFinite, DivergenceError } from '../divergence-error.ts';
import type { LearnerParts, LearnerSettings } from '../learner.ts';
import { createReport, workspace } from '../learner-workspace.ts';
import type { LaneCore } from '../learning/lanes-engine.ts';
import type { Stateful, WeightGroup } from '../types.ts';
import type { Kernels } from './module.ts';

export interface CompiledLane {
  readonly kernels: Pick<Kernels, 'laneBegin' | 'laneForward' | 'laneLearn'>;
  readonly x: Float64Array; // [m]
  readonly outputs: Float64Array; // [readout] s_t as heads read it
  readonly errors: Float64Array; // [readout] dL_t/ds_t there
  over(prefix: 'lane' | 'estimator', part: Stateful): Stateful;
}

export function compiledCore(parts: LearnerParts, settings: LearnerSettings, compiled: CompiledLane): LaneCore {
  const { cell, estimator, features, head, inputs = null } = parts;
  const { learning = true, feedback = null, nonFinite = 'stop' } = settings;
  const { kernels, x, outputs, errors, over } = compiled;
  const w = workspace(cell, features, head, true, 0);
  const report = createReport(head.outputs);
  const time = new Float64Array(1);
  const skipped = new Float64Array(1);
  let isDue = false; // J_t is that of the step before
  const isStill = estimator.cost.macsPerStep === 0;
  const ofCell: WeightGroup = { name: 'cell', weights: cell.params, gradient: w.cellGradient };
  parts.rule(isStill ? w.groups : [ofCell, ...w.groups]);
  return {
    parts: { ...parts, estimator: { ...estimator, ...over('estimator', estimator) } },
    lane: over('lane', cell.lane()),
    w,
    learning,
    limit: Float64Array.of(Infinity),
    report,
    time,
    skipped,
    watched: [],
    begin() {
      kernels.laneBegin();
    },
    predict(observation) {
      if (inputs) inputs.step(observation, w.x, learning);
      else w.x.set(observation);
      x.set(w.x);
      kernels.laneForward();
      w.output.set(outputs);
      features.step(w.output, w.x, w.phi, learning);
      head.predict(w.phi, report.prediction);
    },
    admit() {
      if (allFinite(report.delta) || !allFinite(report.prediction)) return true;
      if (nonFinite === 'stop') throw new DivergenceError(time[0]!, 'delta (a cumulant, discount or target)');
      report.delta.fill(0);
      skipped[0]!++;
      return false;
    },
    influence() {
      isDue = true;
    },
    differentiate(weights) {
      w.clear();
      w.descend(head, weights);
      if (feedback) w.feedBack(feedback, weights);
      else features.pull(w.dPhi, w.dOutput);
      errors.set(w.dOutput);
      kernels.laneLearn(1);
      isDue = false;
    },
    finish() {
      if (isDue) kernels.laneLearn(0);
      isDue = false;
    },
  };
}
