import type { StepChunk } from './chunk.ts';
import type { Slope } from './control.ts';
import { createReach, type MeasuredReach } from './reach-of-weights.ts';
import type { Cell, Features, Head, Report, Step, WeightGroup } from './types.ts';

export function createReport(questions: number): Report {
  return { prediction: new Float64Array(questions), delta: new Float64Array(questions) };
}

/** The learner's scratch memory, allocated once; nothing in it outlives a step. */
export interface Workspace {
  readonly x: Float64Array; // [m] normalised input
  readonly output: Float64Array; // [readout]
  readonly phi: Float64Array; // [features]
  readonly dPhi: Float64Array; // [features]
  readonly dPhiOne: Float64Array; // [features]
  readonly dOutput: Float64Array; // [readout]
  readonly q: Float64Array; // [units x b] dv_t/ds_t
  readonly cellGradient: Float64Array; // [p]
  readonly groups: readonly WeightGroup[];
  readonly reach: MeasuredReach;
  readonly step: Step;
  clear(): void;
  /** Into dPhi and the head's gradient: those of sum over k of weight_k v_k; null: of v_0, the only one. */
  descend(head: Head, weights: Float64Array | null): void;
  addSlope(of: Slope): void;
  /** dOutput = sum over k of weight_k B_k; null: B_0 */
  feedBack(B: Float64Array, weights: Float64Array | null): void;
  readonly scale: Float64Array; // [1] by which the latest clip scaled every gradient
  clip(norm: Float64Array): void; // [1]
  load(chunk: StepChunk, i: number): void;
}

/** `parameters` of the cell, or 0 where their gradient is kept elsewhere. */
export function workspace(
  cell: Cell,
  features: Features,
  head: Head,
  isStill: boolean,
  parameters = cell.params.length,
): Workspace {
  const { inputSize: m } = cell;
  const K = head.outputs;
  const phi = new Float64Array(features.size);
  const dPhi = new Float64Array(features.size);
  const dPhiOne = new Float64Array(features.size);
  const dOutput = new Float64Array(cell.readout.length);
  const q = new Float64Array(cell.units * cell.components);
  const cellGradient = new Float64Array(parameters);
  const headGradient = new Float64Array(head.weights.length);
  const headOne = new Float64Array(head.weights.length);
  const divisor = new Float64Array(1).fill(1);
  const reach = createReach(cell, features.size);
  const groups: WeightGroup[] = [
    { name: 'cell', weights: cell.params, gradient: cellGradient, reach },
    {
      name: 'head',
      weights: head.weights,
      gradient: headGradient,
      ...(head.linear ? { features: phi } : {}),
      divisor,
    },
  ];
  if (isStill) groups.shift(); // what nobody moves needs no trace
  const addWeights = (of: Head, k: number, weights: Float64Array | null): void => {
    if (weights === null) return of.weightGradient(k, phi, headGradient);
    const weight = weights[k]!;
    of.weightGradient(k, phi, headOne.fill(0));
    for (let i = 0; i < headOne.length; i++) headGradient[i]! += weight * headOne[i]!;
  };
  const scale = new Float64Array(1).fill(1);
  const target = new Float64Array(K);
  const step = {
    observation: new Float64Array(m),
    cumulant: new Float64Array(K),
    discount: new Float64Array(K),
    start: false,
    ratio: 1,
    target: undefined as Float64Array | undefined,
  };
  return {
    x: new Float64Array(m),
    output: new Float64Array(cell.readout.length),
    phi,
    dPhi,
    dPhiOne,
    dOutput,
    q,
    cellGradient,
    groups,
    reach,
    step: step as Step,
    clear() {
      dPhi.fill(0);
      q.fill(0);
      cellGradient.fill(0);
      headGradient.fill(0);
    },
    descend(of, weights) {
      if (weights !== null && of.descend) return of.descend(weights, phi, dPhi, headGradient);
      for (let k = 0; k < K; k++) {
        const weight = weights === null ? 1 : weights[k]!;
        if (weight === 0) continue;
        of.gradient(k, dPhiOne);
        for (let i = 0; i < dPhi.length; i++) dPhi[i]! += weight * dPhiOne[i]!;
        addWeights(of, k, weights);
      }
    },
    addSlope(of) {
      of.gradient(dPhi);
      of.weightGradient(phi, headGradient);
    },
    feedBack(B, weights) {
      for (let i = 0; i < dOutput.length; i++) {
        dOutput[i] = 0;
        for (let k = 0; k < K; k++) dOutput[i]! += (weights === null ? 1 : weights[k]!) * B[k * dOutput.length + i]!;
      }
    },
    scale,
    clip: (norm) => clipTogether(groups, norm, scale),
    load(chunk, i) {
      for (let j = 0; j < m; j++) step.observation[j] = chunk.observation[i * m + j]!;
      for (let k = 0; k < K; k++) {
        step.cumulant[k] = chunk.cumulant[i * K + k]!;
        step.discount[k] = chunk.discount[i * K + k]!;
        if (chunk.target) target[k] = chunk.target[i * K + k]!;
      }
      step.target = chunk.target ? target : undefined;
      step.start = chunk.start[i] === 1;
      step.ratio = chunk.ratio[i]!;
    },
  };
}

/** No gradient of all groups together is longer than `norm` [1]; `scale` [1] is by what it was multiplied. */
export function clipTogether(groups: readonly WeightGroup[], norm: Float64Array, scale: Float64Array): void {
  let square = 0;
  for (const { gradient } of groups) for (let i = 0; i < gradient.length; i++) square += gradient[i]! ** 2;
  scale[0] = Math.min(1, norm[0]! / Math.sqrt(square));
  if (scale[0] === 1) return;
  for (const { gradient } of groups) for (let i = 0; i < gradient.length; i++) gradient[i]! *= scale[0];
}
