/**
 * The learner of the compiled path: the same parts, arrays and answers as src/learner.ts, all numbers in one
 * WebAssembly memory, one call per chunk. It begins where the reference learner of the same parts stands.
 */
import { checkChunk, type StepChunk } from '../chunk.ts';
import { DivergenceError, firstBad } from '../divergence-error.ts';
import { type Learner, type LearnerParts, type LearnerSettings, type ReferenceLearner } from '../learner.ts';
import { answersItself } from '../learning/horde.ts';
import { oneQuestion } from '../learning/td-errors.ts';
import { createReport } from '../learner-workspace.ts';
import type { Report, Stateful, Step } from '../types.ts';
import { compiledArrays } from './arrays.ts';
import { CHUNK, type Layout } from './layout.ts';
import { initialise, pagesOf } from './memory.ts';
import { instantiate, type Precision, type Simd } from './module.ts';
import { team } from './team.ts';

export interface CompiledLearner extends Learner {
  readonly memoryBytes: number; // planned; WebAssembly rounds it up to pages of 64 KiB
}

export interface CompiledNeeds {
  readonly parts: LearnerParts;
  readonly layout: Layout; // of these parts
  readonly settings: LearnerSettings;
  readonly reference: ReferenceLearner; // of the same parts, fresh
  readonly precision: Precision;
  readonly simd: Simd;
  readonly threads: number; // 1 or 2
}

export function createCompiledLearner(needs: CompiledNeeds): CompiledLearner {
  const { parts, layout, settings, reference, precision, simd, threads } = needs;
  const pages = pagesOf(layout.bytes);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: threads > 1 });
  const whole = instantiate(precision, simd, memory);
  initialise(layout, whole, memory);
  const kernels = threads > 1 ? team(whole, layout, memory, precision, simd) : whole;
  const time = new Float64Array(1);
  const { storage, outputAt } = layout;
  const { arrays } = reference;
  const state = compiledArrays({ storage, outputAt, parts, settings, kernels, memory, time, arrays });
  copyState(reference, state);
  const { inputSize: m } = parts.cell;
  const K = parts.head.outputs;
  const chunk = chunkViews(layout, memory, m, K);
  const report = createReport(K);

  /** Runs the first `count` steps of the chunk in memory. */
  const take = (count: number, hasTargets: boolean): void => {
    if (!hasTargets && !parts.head.horde) oneQuestion(K);
    if (hasTargets && parts.head.horde) throw answersItself();
    kernels.globals['supervised']!.value = hasTargets ? 1 : 0;
    const done = kernels.run(count);
    time[0]! += done;
    if (done < count) throw new DivergenceError(time[0]!, firstBad(state));
  };

  return {
    ...state,
    inputSize: m,
    questions: K,
    parameters: reference.parameters,
    action: -1,
    memoryBytes: layout.bytes,
    step(s: Step): Report {
      chunk.one(s);
      take(1, s.target !== undefined);
      report.prediction.set(chunk.prediction.subarray(0, K));
      report.delta.set(chunk.delta.subarray(0, K));
      return report;
    },
    check: (steps) => checkChunk(steps, m, K),
    run(steps, out) {
      checkChunk(steps, m, K);
      for (let first = 0; first < steps.length; first += CHUNK) {
        const count = Math.min(CHUNK, steps.length - first);
        chunk.load(steps, first, count);
        take(count, steps.target !== null);
        out.prediction.set(chunk.prediction.subarray(0, count * K), first * K);
        out.delta.set(chunk.delta.subarray(0, count * K), first * K);
      }
      out.length = steps.length;
    },
  };
}

function copyState(from: Stateful, to: Stateful): void {
  for (const [name, length] of Object.entries(to.arrays)) {
    const values = new Float64Array(length);
    from.read(name, values);
    to.write(name, values);
  }
}

/** The chunk in memory, as the learner's kernels read and write it. */
function chunkViews({ globals }: Layout, { buffer }: WebAssembly.Memory, m: number, K: number) {
  const f64 = (name: string, length: number) => new Float64Array(buffer, globals[name]!, length);
  const x = f64('chunkX', CHUNK * m);
  const cumulant = f64('chunkCumulant', CHUNK * K);
  const discount = f64('chunkDiscount', CHUNK * K);
  const ratio = f64('chunkRatio', CHUNK);
  const target = f64('chunkTarget', CHUNK * K);
  const start = new Uint8Array(buffer, globals['chunkStart'], CHUNK);
  return {
    prediction: f64('chunkPrediction', CHUNK * K),
    delta: f64('chunkDelta', CHUNK * K),
    one(s: Step): void {
      x.set(s.observation);
      cumulant.set(s.cumulant);
      discount.set(s.discount);
      ratio[0] = s.ratio ?? 1;
      start[0] = s.start ? 1 : 0;
      if (s.target) target.set(s.target);
    },
    load(steps: StepChunk, first: number, count: number): void {
      const end = first + count;
      x.set(steps.observation.subarray(first * m, end * m));
      cumulant.set(steps.cumulant.subarray(first * K, end * K));
      discount.set(steps.discount.subarray(first * K, end * K));
      ratio.set(steps.ratio.subarray(first, end));
      start.set(steps.start.subarray(first, end));
      if (steps.target) target.set(steps.target.subarray(first * K, end * K));
    },
  };
}
