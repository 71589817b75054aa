/** One weight under SwiftTD without bound, by hand: the exact timing, and the published one for a control. */
import type { Moment } from '../support/linear-bed.ts';

export interface ByHand {
  readonly alpha: number;
  readonly lambda: number;
  readonly theta?: number;
  readonly timing: 'exact' | 'published';
  readonly bootstraps: readonly number[] | null; // gamma_t v_t of another life, held fixed; null: its own
}

export function swiftTdByHand(
  moments: readonly Moment[],
  { alpha: start, lambda, theta = 0, timing, bootstraps }: ByHand,
) {
  let [w, z, zd, dw, vd, h, hOld, hTemp, zb, vOld] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  let [beta, p] = [Math.log(start), 0];
  const said: number[] = [];
  moments.forEach(({ x: [x = 0], c = 0, gamma = 0.9, start = false }, t) => {
    const bootstrap = bootstraps?.[t] ?? gamma * (w * x);
    said.push(bootstrap);
    if (!start) {
      const delta = c + bootstrap - vOld;
      dw = delta * z - zd * vd;
      vOld = w * x;
      w += dw;
      beta += (theta / Math.exp(beta)) * (timing === 'exact' ? delta - vd : delta) * p;
      hOld = h;
      if (timing === 'exact') h = hTemp = hTemp + delta * zb - zd * vd;
      else {
        h = hTemp;
        hTemp = h + delta * zb - zd * vd;
      }
    } else vOld = w * x;
    const fade = start ? 0 : gamma * lambda;
    z *= fade;
    zb *= fade;
    p *= fade;
    vd = dw * x;
    const T = z * x;
    zd = Math.exp(beta) * x;
    p += (timing === 'exact' ? hOld : h) * x;
    z += zd * (1 - T);
    zb += zd * (1 - T - zb * x);
    hTemp = (timing === 'exact' ? h : hTemp) - hOld * x * (z - zd) - h * zd * x;
  });
  return { w, h, beta, bootstraps: said };
}
