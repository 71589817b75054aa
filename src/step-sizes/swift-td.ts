/**
 * SwiftTD (Javed, Sharifnassab & Sutton 2024): true online TD(lambda) with step sizes alpha_i = e^{beta_i} that are learned
 * by TIDBD's gradient, a bound eta on how much of an error one step takes away, and a decay of step sizes where it binds.
 * Timing as in the authors' program since March 2025, whose h is dw/dbeta exactly; the paper's is off by up to 30 %.
 * x = grad v_t; sums run over all weights of the rule, head and cell together. When delta_t comes (apply):
 *   dw = delta z - zd vd,   w += dw                                                                     (1)
 *   beta += (theta / alpha)(delta - vd) p, kept within [ln etaMin, ln eta]                               (2)
 *   hOld = h,   h = hTemp = hTemp + delta zb - zd vd                                                    (3)
 * then at x_t (trace), with (z, p, zb) *= gamma_t lambda before all, vd = sum dw x, tau = sum alpha x^2, T = sum z x:
 *   zd = min(1, eta / tau) alpha x,   z += zd (1 - T)                                                   (4)
 *   p += hOld x,   zb += zd (1 - T - zb x),   hTemp = h - hOld x (z - zd) - h zd x                      (5)
 *   where tau > eta and x != 0:  beta += x^2 ln decay,   h = hOld = hTemp = zb = 0                      (6)
 * theta = 0, eta = infinity is true-online-td. `sparse` visits the weights with a trace alone, and forgets a trace of at
 * most cut alpha. An importance ratio multiplies all traces. For the weights of a cell, v is taken as linear in them.
 * A divisor of step sizes, which growth sets for the head, is ignored: they are learned.
 */
import { z } from 'zod';
import { countWeights } from '../eligibility.ts';
import { definePart } from '../part.ts';
import { type PerWeight, ruleMemory } from '../rule-memory.ts';
import type { Credit, RuleNeeds, StepSizeRule } from '../types.ts';

const options = z.strictObject({
  alpha: z.number().gt(0).default(1e-3).describe('step sizes at the start'),
  theta: z.number().min(0).default(1e-3).describe('meta step size'),
  lambda: z.number().min(0).max(1).default(0.95),
  eta: z
    .number()
    .gt(0)
    .nullable()
    .default(0.1)
    .describe('bound on the rate of learning and on step sizes; null = none'),
  etaMin: z.number().gt(0).default(1e-10).describe('least step size'),
  decay: z.number().gt(0).max(1).default(0.999).describe('of step sizes where the bound binds'),
  sparse: z.boolean().default(false).describe('visit weights with a trace alone: for features that are mostly 0'),
  cut: z.number().min(0).default(1e-5).describe('sparse: |z| <= cut alpha is no trace'),
});

export default definePart<z.infer<typeof options>, RuleNeeds, StepSizeRule>({
  cite: 'javed2024swifttd',
  summary: 'true online TD(lambda), learned step sizes, a bound on the rate of learning',
  options,
  create({ alpha, theta, lambda, eta: asked, etaMin, decay, sparse, cut }, _rng, { groups }) {
    const eta = asked ?? Infinity;
    const trace: PerWeight = { start: 0, trace: true };
    const kept: PerWeight = { start: 0 };
    const beta: PerWeight = { start: Math.log(Math.min(Math.max(alpha, etaMin), eta)) };
    const vd = new Float64Array(1);
    const memory = ruleMemory(
      groups,
      { z: trace, zd: trace, zb: trace, p: trace, dw: trace, beta, h: kept, hOld: kept, hTemp: kept },
      { vd },
    );
    const all = groups.map(({ weights, gradient: x }, g): Weights => {
      const n = weights.length;
      const visited = { list: new Int32Array(n), count: 0, has: new Uint8Array(n) };
      return { ...memory.of[g]!, w: weights, x, alpha: new Float64Array(n), visited };
    });
    const now: Moment = { delta: 0, vd: 0, T: 0, fade: 0, bound: 1, binds: false };
    const bounds = { least: Math.log(etaMin), most: Math.log(eta), shrink: Math.log(decay) };
    const limits: Limits = { theta, ...bounds, cut, sparse };
    let known = false; // alpha and the lists of visits follow from the arrays

    const know = (): void => {
      if (known) return;
      known = true;
      for (let g = 0; g < all.length; g++) look(all[g]!, limits);
    };
    return {
      ...memory,
      write(name, from) {
        memory.write(name, from);
        known = false;
      },
      reset() {
        memory.reset();
        vd[0] = 0;
        for (let g = 0; g < all.length; g++) settle(all[g]!);
        if (sparse) known = false;
      },
      restart(name, start, end) {
        memory.restart(name, start, end);
        known = false;
      },
      single: true,
      macsPerStep: 22 * countWeights(groups), // with a trace at every weight; where the bound binds, 2 more each
      ...(groups.some(({ name, weights }) => name === 'cell' && weights.length > 0)
        ? { noKernel: 'over a cell its sums need all weights before any trace moves; as headRule it has one' }
        : { kernel: { kind: 'swift-td', lambda, theta, eta, ...bounds, sparse, cut } as const }),
      apply({ delta, ratio }) {
        know();
        now.delta = delta;
        now.vd = vd[0]!;
        for (let g = 0; g < all.length; g++) {
          if (ratio !== 1) weigh(all[g]!, ratio);
          change(all[g]!, now, limits);
        }
      },
      trace({ discount_t }: Credit) {
        know();
        now.fade = discount_t * lambda;
        let [sum, tau, T] = [0, 0, 0];
        for (let g = 0; g < all.length; g++) {
          const { x, dw, z, alpha } = fade(all[g]!, now);
          for (let i = 0; i < x.length; i++) {
            if (x[i] === 0) continue;
            sum += dw[i]! * x[i]!;
            tau += alpha[i]! * x[i]! * x[i]!;
            T += z[i]! * x[i]!;
          }
        }
        vd[0] = sum;
        now.T = T;
        now.bound = Math.min(1, eta / tau);
        now.binds = tau > eta;
        for (let g = 0; g < all.length; g++) gather(all[g]!, now, limits);
      },
      stepSizes(name, into) {
        const { beta: logs } = memory.of[groups.findIndex((group) => group.name === name)]!;
        for (let i = 0; i < into.length; i++) into[i] = Math.exp(logs[i]!);
      },
    };
  },
});

/** One group; all arrays [n]. */
interface Weights extends Readonly<Record<'w' | 'x' | 'z' | 'zd' | 'zb' | 'p' | 'dw' | 'beta', Float64Array>> {
  readonly h: Float64Array;
  readonly hOld: Float64Array;
  readonly hTemp: Float64Array;
  readonly alpha: Float64Array; // e^beta
  readonly visited: { readonly list: Int32Array; count: number; readonly has: Uint8Array };
}

/** Numbers come in objects: as arguments they would be put on the heap at every call. */
interface Moment {
  delta: number;
  vd: number;
  T: number;
  fade: number; // gamma_t lambda
  bound: number; // min(1, eta / tau)
  binds: boolean;
}

interface Limits {
  readonly theta: number;
  readonly least: number; // of beta
  readonly most: number;
  readonly shrink: number; // ln decay
  readonly cut: number;
  readonly sparse: boolean;
}

function look({ alpha, beta, z, zb, p, dw, visited }: Weights, { sparse }: Limits): void {
  visited.count = 0;
  for (let i = 0; i < alpha.length; i++) {
    alpha[i] = Math.exp(beta[i]!);
    visited.has[i] = !sparse || z[i] !== 0 || zb[i] !== 0 || p[i] !== 0 || dw[i] !== 0 ? 1 : 0;
    if (visited.has[i] === 1) visited.list[visited.count++] = i;
  }
}

/** No update lies between h and the next prediction. */
function settle({ h, hOld, hTemp }: Weights): void {
  for (let i = 0; i < h.length; i++) hOld[i] = hTemp[i] = h[i]!;
}

function weigh({ z, zd, zb, p, visited: { list, count } }: Weights, ratio: number): void {
  for (let k = 0; k < count; k++) {
    const i = list[k]!;
    z[i]! *= ratio;
    zd[i]! *= ratio;
    zb[i]! *= ratio;
    p[i]! *= ratio;
  }
}

/** Its trace is gone; its latest change still counts at x_t, and it is visited once more. */
const LEAVING = 2;

function change(of: Weights, { delta, vd }: Moment, { theta, least, most, cut, sparse }: Limits): void {
  const { w, z, zd, zb, p, dw, beta, h, hOld, hTemp, alpha, visited } = of;
  const { list, has } = visited;
  let kept = 0;
  for (let k = 0; k < visited.count; k++) {
    const i = list[k]!;
    if (has[i] === LEAVING) {
      dw[i] = has[i] = 0;
      continue;
    }
    const late = zd[i]! * vd;
    dw[i] = delta * z[i]! - late; // (1)
    w[i]! += dw[i]!;
    if (p[i] !== 0 && theta > 0) {
      const moved = beta[i]! + (theta / alpha[i]!) * ((delta - vd) * p[i]!); // (2)
      beta[i] = Math.min(Math.max(moved, least), most);
      alpha[i] = Math.exp(beta[i]!);
    }
    hOld[i] = h[i]!;
    h[i] = hTemp[i] = hTemp[i]! + delta * zb[i]! - late; // (3)
    zd[i] = 0;
    list[kept++] = i;
    if (!sparse || Math.abs(z[i]!) > cut * alpha[i]!) continue;
    has[i] = LEAVING;
    z[i] = zb[i] = p[i] = 0;
  }
  visited.count = kept;
}

function fade(of: Weights, { fade: by }: Moment): Weights {
  const { z, zb, p, visited } = of;
  for (let k = 0; k < visited.count; k++) {
    const i = visited.list[k]!;
    z[i]! *= by;
    zb[i]! *= by;
    p[i]! *= by;
  }
  return of;
}

function gather(of: Weights, { T, bound, binds }: Moment, { shrink }: Limits): void {
  const { x: xs, z, zd, zb, p, beta, h, hOld, hTemp, alpha, visited } = of;
  for (let i = 0; i < xs.length; i++) {
    const x = xs[i]!;
    if (x === 0) continue;
    if (visited.has[i] === 0) visited.list[visited.count++] = i;
    visited.has[i] = 1;
    const step = bound * (alpha[i]! * x);
    zd[i] = step;
    z[i]! += step * (1 - T); // (4)
    p[i]! += hOld[i]! * x; // (5)
    zb[i]! += step * (1 - T - zb[i]! * x);
    hTemp[i] = h[i]! - hOld[i]! * x * (z[i]! - step) - h[i]! * step * x;
    if (!binds) continue;
    beta[i]! += shrink * (x * x); // (6)
    alpha[i] = Math.exp(beta[i]!);
    h[i] = hOld[i] = hTemp[i] = zb[i] = 0;
  }
}
