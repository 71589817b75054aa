/**
 * Learning many questions from TD errors, each with its own cumulant and discount, all on the same features:
 *   delta_k,t = c_k,t + gamma_k,t v_k,t - v_k,t-1                                                     (1)
 *   w_k += alpha delta_k z_k,t-1                                     question-rules.ts                (2)
 * and the cell's parameters theta by one of
 *   exact   theta += alpha sum_k delta_k,t y_k,t-1,  y_k,t = gamma_k,t lambda_k y_k,t-1 + J_t' q_k,t  (3) K pulls
 *   cheap   theta += alpha J_{t-1}' sum_k delta_k,t q_k,t-1                                           (4) one pull
 *   none    nothing
 * (4) is (3) at lambda 0: q_k,t-1 = dv_k/ds is kept from the step before, as features scaled then, and pulled through J
 * before the estimator moves on. A gradient that is clipped is one question's; of cheap, the sum.
 */
import { named } from '../stateful.ts';
import type { Stateful, Step } from '../types.ts';
import { UserError } from '../user-error.ts';
import type { Core } from './core.ts';
import { noTargets } from './td-errors.ts';

export interface Asking {
  learn(s: Step): void;
  readonly state: Stateful;
}

export function fromQuestions(core: Core, clip: number | null): Asking {
  const { parts, rule, report, credit, w, watched, learning } = core;
  const { outputs: K, horde } = parts.head;
  const { heads, cells, answers, bundles } = core.asked!;
  const moves = cells.length > 0;
  const isCheap = moves && horde!.recurrent === 'cheap';
  const readout = w.dOutput.length;
  const slopes = new Float64Array(isCheap ? K * readout : 0); // q_k,t-1 at the state's readout [K x readout]
  const ones = new Float64Array(K).fill(1);

  const pullSum = (): void => {
    w.dOutput.fill(0);
    for (let k = 0; k < K; k++) {
      const delta = answers.delta[k]!;
      for (let i = 0; i < readout; i++) w.dOutput[i]! += delta * slopes[k * readout + i]!;
    }
    core.pull(cells[0]!);
    if (clip !== null) shorten([cells[0]!], clip);
  };
  const differentiate = (): void => {
    for (let i = 0; i < heads.length; i++) heads[i]!.set(w.phi);
    for (let k = 0; k < K && moves; k++) {
      core.slope(k);
      if (isCheap) put(w.dOutput, slopes, k * readout);
      else core.pull(cells[k]!);
    }
    if (clip === null) return;
    for (let k = 0; k < K; k++) shorten(moves && !isCheap ? [cells[k]!, heads[k]!] : [heads[k]!], clip);
  };

  core.limit[0] = Infinity; // what is watched is told as it is
  return {
    state: named({ slopes }, () => undefined),
    learn(s) {
      if (s.target) throw answersItself();
      if (learning && parts.estimator.teach) throw noTargets();
      for (let k = 0; k < K; k++) {
        const gamma = s.start ? 0 : s.discount[k]!;
        report.delta[k] = s.start ? 0 : s.cumulant[k]! + gamma * report.prediction[k]! - core.v_tm1[k]!; // 1
        answers.discount[k] = Number.isFinite(gamma) ? gamma : 0;
      }
      if (!learning) return;
      checkBundles(bundles, answers.discount);
      const admitted = core.admit();
      credit.ratio = s.ratio ?? 1;
      if (!s.start && admitted) {
        if (isCheap) pullSum(); // 4
        rule.apply(credit); // 2
      }
      if (moves || watched.length > 0) core.influence();
      differentiate(); // 3
      if (watched.length > 0) core.differentiate(ones);
      if (rule.reads === 'reach') core.measureReach();
      rule.trace(credit);
    },
  };
}

function put(from: Float64Array, into: Float64Array, at: number): void {
  for (let i = 0; i < from.length; i++) into[at + i] = from[i]!;
}

/** Scales a gradient, in parts, to an L2 norm of at most `longest`. */
function shorten(gradient: readonly Float64Array[], longest: number): void {
  let square = 0;
  for (const part of gradient) for (let i = 0; i < part.length; i++) square += part[i]! ** 2;
  const scale = Math.min(1, longest / Math.sqrt(square));
  if (scale === 1) return;
  for (const part of gradient) for (let i = 0; i < part.length; i++) part[i]! *= scale;
}

/** Discounts come with the steps; one eligibility cannot serve two. */
function checkBundles(bundles: readonly Int32Array[], discount: Float64Array): void {
  for (let b = 0; b < bundles.length; b++) {
    const first = bundles[b]![0]!;
    for (let j = 1; j < bundles[b]!.length; j++) {
      const k = bundles[b]![j]!;
      if (discount[k] === discount[first]) continue;
      throw new UserError(
        `Cannot answer questions ${first} and ${k} from this step: they are of one discount, and ${discount[first]} and ${discount[k]} came`,
      );
    }
  }
}

export function answersItself(): UserError {
  return new UserError('Cannot learn questions from targets: a horde learns from what comes; take the linear head');
}
