/** Following an environment with uniform actions, and linear TD on what it shows. */
import type { AnyEnv } from '../part.ts';
import { createRng } from '../rng.ts';
import { emptyResult } from './stream.ts';

export function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, x, i) => sum + x * b[i]!, 0);
}

/** Follows the environment with uniform actions; `see` gets every moment and whether it opened an episode. */
export function follow(
  env: AnyEnv,
  seed: number,
  steps: number,
  see: (out: ReturnType<typeof emptyResult>, start: boolean) => void,
) {
  const out = emptyResult(env);
  const rng = createRng(`follow/${seed}`);
  env.resetInto(out, { seed });
  see(out, true);
  for (let t = 0; t < steps; t++) {
    if (out.terminated) env.resetInto(out);
    else {
      env.stepInto(env.actionSpace.sample(rng), out);
      see(out, false);
      continue;
    }
    see(out, true);
  }
}

/** Linear TD(0) with importance ratios from the environment, if it has any; the weights at the end. */
export function linearTd(
  env: AnyEnv,
  steps: number,
  alpha: number,
  weights: Float64Array,
  ratioOf: () => number = () => 1,
) {
  const gamma = env.metadata.discount!;
  let last: Float64Array | null = null;
  follow(env, 1, steps, (out, start) => {
    if (!start && last !== null) {
      const next = out.terminated ? 0 : dot(weights, out.observation);
      const delta = out.reward + gamma * next - dot(weights, last);
      const scale = alpha * ratioOf() * delta;
      last.forEach((x, i) => (weights[i]! += scale * x));
    }
    last = out.observation.slice();
  });
  return weights;
}
