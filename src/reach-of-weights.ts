/**
 * dphi_i/dtheta for every weight of a cell and the feature i that its own unit makes: what the estimator knows of the
 * unit, times the slope of the feature. Exact where each weight moves one feature (columns); elsewhere the sum over all
 * features that the estimator follows.
 */
import type { Cell, Estimator, Features, Reach } from './types.ts';

export interface MeasuredReach extends Reach {
  measure(features: Features, estimator: Estimator): void; // of the latest step
  restructure(): void; // the cell's rows have changed
}

export function createReach(cell: Cell, featureCount: number): MeasuredReach {
  const { readout, components: b } = cell;
  const sensitivity = new Float64Array(cell.params.length); // [p]
  const feature = new Int32Array(cell.params.length).fill(-1); // [p]
  const featureOfUnit = new Int32Array(cell.units).fill(-1);
  readout.forEach((entry, i) => {
    const unit = Math.floor(entry / b);
    featureOfUnit[unit] = featureOfUnit[unit] === -1 ? i : -2; // one of several is not its own
  });
  const restructure = (): void => {
    const { rows } = cell;
    feature.fill(-1);
    for (let r = 0; r < rows.count; r++) {
      const own = featureOfUnit[rows.dest[rows.destStart[r]!]!]!;
      for (let e = rows.start[r]!; e < rows.start[r + 1]!; e++)
        feature[rows.param ? rows.param[e]! : e] = Math.max(-1, own);
    }
  };
  restructure();
  const ones = new Float64Array(featureCount).fill(1); // [features]
  const dOutput = new Float64Array(readout.length); // [readout]
  const q = new Float64Array(cell.units * b); // [units x b]
  return {
    sensitivity,
    feature,
    restructure,
    measure(features, estimator) {
      features.pull(ones, dOutput);
      for (let i = 0; i < readout.length; i++) q[readout[i]!] = dOutput[i]!;
      sensitivity.fill(0);
      estimator.pull(q, sensitivity);
    },
  };
}
