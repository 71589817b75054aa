/**
 * Generate and test: columns of little use are drawn anew, at a slow and steady rate (continual backprop; Dohare et al.
 * 2024). Per column i with features phi_i and head weights w_ki, at every step:
 *   u_i <- eta u_i + (1 - eta) |phi_i| sum_k |w_ki|                       (1) utility: what it contributes
 *   f_i <- eta f_i + (1 - eta) phi_i,   n_i <- eta n_i + (1 - eta)        (2) so that u_i / n_i and f_i / n_i are unbiased
 * rho columns of every mature one (older than m steps) are due at each step; while one is due, the mature column of least
 * u_i / n_i is replaced: new parameters, state 0 and no trace; w_ki <- 0, and the weight of the constant feature takes over
 * w_ki f_i / n_i, so that v stays where it is on average; the rule and the statistics of its features begin anew.
 */
import { z } from 'zod';
import { definePart } from '../part.ts';
import { range } from '../sources.ts';
import { named } from '../stateful.ts';
import type { Growth, GrowthNeeds } from '../types.ts';
import { UserError } from '../user-error.ts';
import { featuresOfUnits, needsColumns, paramRanges, weightsOfUnits } from '../weights-of-units.ts';

const options = z.strictObject({
  rate: z.number().min(0).max(1).default(1e-4).describe('rho, replaced per mature column and step; 1e-6 to 1e-4'),
  decay: z.number().min(0).lt(1).default(0.99).describe('eta of the running utility'),
  maturity: z.number().int().min(0).default(100).describe('m, steps before a column can be replaced'),
});

export default definePart<z.infer<typeof options>, GrowthNeeds, Growth>({
  cite: 'dohare2024loss',
  summary: 'columns of least use are replaced by new ones (continual backprop)',
  options,
  create({ rate, decay, maturity }, rng, learner) {
    const { cell, lane, features, phi, head, groups, rule, forget } = learner;
    check(learner);
    const { units, components: b } = cell;
    const K = head.outputs;
    const size = features.size;
    const constant = features.constant ?? -1;
    const featuresOf = featuresOfUnits(cell);
    const unitOf = Int32Array.from(cell.readout, (entry) => Math.floor(entry / b)); // [features of units]
    const ranges = range(0, units).map((unit) => paramRanges(cell, (one) => one === unit));
    const weights = weightsOfUnits(groups, rule, head, features);
    const utility = new Float64Array(units); // u
    const mean = new Float64Array(unitOf.length); // f, of every feature
    const known = new Float64Array(units); // n
    const age = new Float64Array(units);
    const due = new Float64Array(1); // columns to replace, a fraction of one
    const fresh = 1 - decay;

    const measure = (): void => {
      for (let unit = 0; unit < units; unit++) {
        age[unit]!++;
        utility[unit]! *= decay;
        known[unit] = decay * known[unit]! + fresh;
      }
      for (let i = 0; i < unitOf.length; i++) {
        let weight = 0;
        for (let k = 0; k < K; k++) weight += Math.abs(head.weights[k * size + i]!);
        utility[unitOf[i]!]! += fresh * Math.abs(phi[i]!) * weight; // (1)
        mean[i] = decay * mean[i]! + fresh * phi[i]!; // (2)
      }
    };
    /** The mature column of least utility; -1: none is mature. */
    const least = (): number => {
      let found = -1;
      for (let unit = 0; unit < units; unit++) {
        if (age[unit]! <= maturity || featuresOf[unit]!.length === 0) continue;
        if (found < 0 || utility[unit]! / known[unit]! < utility[found]! / known[found]!) found = unit;
      }
      return found;
    };
    const replace = (unit: number): void => {
      cell.renew!(unit, rng);
      lane.state.fill(0, unit * b, (unit + 1) * b);
      forget(unit);
      weights.restartCell(ranges[unit]!);
      for (const i of featuresOf[unit]!) {
        for (let k = 0; k < K; k++) {
          const w = head.weights[k * size + i]!;
          if (constant >= 0) head.weights[k * size + constant]! += (w * mean[i]!) / known[unit]!;
          head.weights[k * size + i] = 0;
        }
        weights.restartHead(i);
        features.restart?.(i, i + 1);
        mean[i] = 0;
      }
      utility[unit] = known[unit] = age[unit] = 0;
    };
    return {
      ...named({ utility, mean, known, age, due }, () => undefined),
      macsPerStep: 2 * units + 4 * unitOf.length, // (1) and (2)
      noKernel: 'columns are replaced on the reference path',
      step() {
        measure();
        let mature = 0;
        for (let unit = 0; unit < units; unit++) if (age[unit]! > maturity) mature++;
        due[0]! += rate * mature;
        for (; due[0]! >= 1; due[0]!--) {
          const unit = least();
          if (unit < 0) break;
          replace(unit);
        }
      },
    };
  },
});

function check({ cell, head, estimator }: GrowthNeeds): void {
  needsColumns(cell, 'replace columns');
  if (!cell.renew) throw new UserError('Cannot replace columns: this cell cannot draw one anew; take lstm-columns');
  if (!head.linear) throw new UserError('Cannot replace columns: the head is not linear in its features; take linear');
  if (estimator.restart) return;
  throw new UserError('Cannot replace columns: this estimator cannot forget one; take columnar');
}
