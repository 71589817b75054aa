/** Features, head, normalisers and the chunk in compiled memory, all in f64 (assembly/features.ts, head.ts). */
import type { HeadRuleKernel } from './kernel.ts';
import { hordeMemory } from './horde-memory.ts';
import type { LearnerParts } from '../learner.ts';
import type { MemoryPlan } from './memory-plan.ts';
import type { Precision } from './module.ts';
import { readoutPlaces } from './readout.ts';
import { ofRule, type Storage } from './storage.ts';

export interface HeadMemory {
  readonly globals: Readonly<Record<string, number>>;
  readonly constants: readonly (readonly [address: number, type: Precision, value: number])[];
  readonly storage: Readonly<Record<string, Storage>>;
  readonly outputAt: (output: number) => number; // where an output lies in arrays of outputs
}

export function headMemory(
  parts: LearnerParts,
  rule: HeadRuleKernel,
  plan: MemoryPlan,
  size: number,
  capacity: number,
): HeadMemory {
  const { cell, head, inputs } = parts;
  const { normalised, activation = 0, bias, observation } = parts.features.kernel!;
  const even = (count: number): number => count + (count % 2);
  const m = cell.inputSize;
  const n = cell.readout.length;
  const K = head.outputs;
  const reads = readoutPlaces(cell, 16 / size);
  const np = reads.components * reads.stride; // first part of phi: the state, padded
  const xAt = np;
  const biasAt = np + (observation ? even(m) : 0);
  const size_ = biasAt + (bias ? 2 : 0);
  const places = [
    ...Array.from({ length: n }, (_, i) => reads.at(i)),
    ...Array.from({ length: observation ? m : 0 }, (_, j) => xAt + j),
    ...(bias ? [biasAt] : []),
  ];
  const f64 = (count: number): number => plan.take(8 * count);
  const [phi, scale] = [f64(size_), f64(np)];
  const horde = rule.kind === 'horde' ? hordeMemory(rule, plan, size, places, size_) : null;
  const own = horde ? 0 : K * size_; // a horde's weights lie elsewhere
  const [weights, headTrace, headMoment] = [f64(own + 2), f64(own), f64(own)];
  const isSwift = rule.kind === 'swift-td';
  const swift = f64(isSwift ? 10 * (size_ + 2) : 0);
  const swiftVd = f64(1);
  const [mean, variance, rate, floors] = [f64(np), f64(np), f64(np), f64(np)];
  const statistics = [f64(even(m)), f64(even(m)), f64(even(m))] as const;
  const [inputMean, inputVariance, inputRate] = statistics;
  const v_tm1 = f64(K);
  const fill = (at: number, count: number, value: number) =>
    Array.from({ length: count }, (_, i) => [at + 8 * i, 'f64', value] as const);
  const weight = (at: number): Storage => ({
    length: K * places.length,
    type: 'f64',
    at: (i) => at + 8 * (Math.floor(i / places.length) * size_ + places[i % places.length]!),
  });
  const plain = (length: number, at: number): Storage => ({ length, type: 'f64', at: (i) => at + 8 * i });
  const outputs = (at: number): Storage => ({ length: n, type: 'f64', at: (i) => at + 8 * reads.at(i) });
  return {
    globals: {
      questions: K,
      readings: reads.components,
      outputs: reads.length,
      firstOutput: 0,
      endOutput: reads.stride,
      lastFeatures: np,
      features: size_,
      normalised: normalised ? 1 : 0,
      activation,
      phiInputs: observation ? xAt : -1,
      phi,
      weights,
      headTrace,
      headMoment,
      swift,
      swiftVd,
      swiftVisited: plan.take(isSwift ? 4 * (size_ + 2) : 0),
      swiftActive: plan.take(isSwift ? 4 * (size_ + 2) : 0),
      swiftHas: plan.take(isSwift ? size_ + 2 : 0),
      ...ruleGlobals(rule),
      ...horde?.globals,
      mean,
      variance,
      rate,
      scale,
      floors,
      inputMean: inputs ? inputMean : 0,
      inputVariance,
      inputRate,
      inputFloors: f64(even(m)),
      x: f64(even(m)),
      v_tm1,
      chunkX: f64(capacity * m),
      chunkCumulant: f64(capacity * K),
      chunkDiscount: f64(capacity * K),
      chunkRatio: f64(capacity),
      chunkStart: plan.take(capacity),
      chunkTarget: f64(capacity * K),
      chunkPrediction: f64(capacity * K),
      chunkDelta: f64(capacity * K),
    },
    constants: [
      ...(horde?.constants ?? []),
      ...(bias ? fill(phi + 8 * biasAt, 1, 1) : []),
      ...fill(scale, np, 1),
      ...fill(variance, np, 1),
      ...fill(inputVariance, even(m), 1),
      ...fill(rate, np, 1),
      ...fill(inputRate, even(m), 1),
    ],
    storage: {
      'features.mean': outputs(mean),
      'features.variance': outputs(variance),
      'inputs.mean': plain(m, inputMean),
      'inputs.variance': plain(m, inputVariance),
      'head.weights': weight(weights),
      ...ofRule('head', {
        'z.head': weight(headTrace),
        'nu.head': weight(headMoment),
        ...(isSwift ? swiftStorage(swift, places) : {}),
        vd: plain(1, swiftVd),
      }),
      'learner.v_tm1': plain(K, v_tm1),
      ...horde?.storage,
    },
    outputAt: reads.at,
  };
}

/** The arrays of swift-td in a record of two weights, in the order of assembly/swift.ts; e^beta, the tenth, follows. */
const SWIFT = ['z', 'zd', 'zb', 'p', 'dw', 'beta', 'h', 'hOld', 'hTemp'] as const;
const RECORD = 160; // bytes

function swiftStorage(records: number, places: readonly number[]): Record<string, Storage> {
  const at = (i: number) => records + RECORD * Math.floor(places[i]! / 2) + 8 * (places[i]! % 2);
  return Object.fromEntries(
    SWIFT.map((name, a) => [`${name}.head`, { length: places.length, type: 'f64', at: (i: number) => at(i) + 16 * a }]),
  );
}

/** The numbers of assembly/plan.ts. */
function ruleGlobals(rule: HeadRuleKernel): Record<string, number> {
  if (rule.kind === 'horde') return {}; // horde-memory.ts
  if (rule.kind === 'swift-td') {
    const { lambda: headLambda, theta, eta, least, most, shrink, cut, sparse } = rule;
    return { headRule: sparse ? 3 : 2, headLambda, theta, eta, least, most, shrink, cut };
  }
  const { kind, headAlpha, lambda: headLambda, decay: headDecay = 0, epsilon: headEpsilon = 0 } = rule;
  return { headRule: kind === 'td-lambda' ? 0 : 1, headAlpha, headLambda, headDecay, headEpsilon };
}
