/**
 * SnAp-n's bias on one trained sparse net whose weights stand still, n by n up to its saturation: its gradient a of v_t beside
 * the exact g of real-time recurrent learning, sqrt(sum |a - g|^2 / sum |g|^2), and sum a.g / sqrt(sum |a|^2 sum |g|^2), sums
 * over steps: a mean of ratios would hang on the steps at which nearly nothing is to be learned.
 */
import { createRng } from '@rl-tools/envs';
import { from, lastValueFrom } from 'rxjs';
import type { Choice } from '../../src/agent.ts';
import { saturation } from '../../src/plan/saturation.ts';
import { resolvePart } from '../../src/resolve-part.ts';
import { eachStep } from '../../src/stream/each-step.ts';
import { MEASURED, still, WARM } from './measure.ts';
import { stand, train } from './train.ts';

export interface Bias {
  readonly n: number;
  readonly isExact: boolean; // by structure
  readonly relativeError: number;
  readonly cosine: number;
}

export interface BiasNeeds {
  readonly cell: Choice;
  readonly env: string;
  readonly seed: number;
  readonly steps: number; // of training, by SnAp-1
}

interface Subject {
  readonly n: number;
  readonly isExact: boolean;
  readonly gradient: Float64Array; // of v_t, anew at every step
  aa: number;
  ag: number;
  dd: number;
}

/** n = 1, 2 ... the least that is exact. */
export async function biasOf({ cell, env, seed, steps }: BiasNeeds): Promise<Bias[]> {
  const trained = await train(seed, cell, { id: 'snap', n: 1 }, env, steps, WARM + MEASURED);
  const exact = await still(trained, 'rtrl');
  stand(exact, trained.arrays);
  const last = saturation(exact.cell.rows);
  const subjects: Subject[] = [];
  for (let n = 1; n <= last; n++) {
    const { create } = await resolvePart('estimators', { id: 'snap', n });
    const estimator = create(createRng(`${seed}/snap`), { cell: exact.cell });
    const isExact = estimator.exactOn(exact.cell.rows);
    subjects.push({ n, isExact, gradient: exact.watch(estimator), aa: 0, ag: 0, dd: 0 });
  }
  let gg = 0;
  let seen = 0;
  const observe = (): void => {
    if (seen++ < WARM) return;
    gg += dot(exact.gradient, exact.gradient);
    for (const subject of subjects) {
      const off = subject.gradient.map((a, j) => a - exact.gradient[j]!);
      subject.aa += dot(subject.gradient, subject.gradient);
      subject.ag += dot(subject.gradient, exact.gradient);
      subject.dd += dot(off, off);
    }
  };
  await lastValueFrom(from(trained.future).pipe(eachStep(exact, observe)));
  return subjects.map(({ n, isExact, aa, ag, dd }) => {
    return { n, isExact, relativeError: Math.sqrt(dd / gg), cosine: ag / Math.sqrt(aa * gg) };
  });
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, j) => sum + value * b[j]!, 0);
