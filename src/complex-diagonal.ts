/**
 * The complex diagonal recurrence that the LRU (Orvieto et al. 2023) and RTUs (Elelimy et al. 2024) share. A unit's
 * state is one complex number h = (re, im); two rows that read the constant 1 alone carry nu_log and theta_log:
 *   lambda = exp(-nu + i theta) = g + i phi,   nu = exp(nu_log), theta = exp(theta_log)                  (1)
 *   lambda h = (g re - phi im, g im + phi re)                                                           (2)
 *   d(lambda h)/d nu_log = -nu lambda h,   d(lambda h)/d theta_log = i theta lambda h                   (3)
 * |lambda| = exp(-nu) < 1 for every value of the parameters (rounded to 1 where nu is below 1e-16).
 */
import { z } from 'zod';
import { places, type GroupSpec, type RowSpec, type Shape } from './rows.ts';
import { range } from './sources.ts';
import type { Rng } from './types.ts';

export const RING_OPTIONS = {
  units: z.number().int().min(1).max(65536).default(6),
  rMin: z.number().min(0).lt(1).default(0).describe('|lambda|^2 ~ U(rMin^2, rMax^2) at the start'),
  rMax: z.number().gt(0).max(1).default(1),
  maxPhase: z.number().gt(0).default(6.28).describe('the phase of lambda ~ U(0, maxPhase) at the start'),
};

interface Ring {
  readonly rMin: number;
  readonly rMax: number;
  readonly maxPhase: number;
}

export const isRing = ({ rMin, rMax }: Ring): boolean => rMin <= rMax;
export const NO_RING = { path: ['rMin'], error: 'expected at most rMax' };

/** A row per unit that reads the constant 1: its only weight is a parameter by itself. */
export function constantRows(shape: Shape): RowSpec[] {
  const { one } = places(shape);
  return range(0, shape.units).map((unit) => ({ sources: [one], destinations: [unit] }));
}

/** A row per unit that reads x into one component, without bias. */
export function inputGroup(name: string, shape: Shape, component: 0 | 1): GroupSpec {
  const live = component === 0 ? [1, 0] : [0, 1];
  const row = (unit: number): RowSpec => ({ sources: range(0, shape.inputSize), destinations: [unit], live });
  return { name, rows: range(0, shape.units).map(row) };
}

/** State entries that heads read: re of all units, then im of all units. */
export function bothComponents(units: number): Int32Array {
  return Int32Array.from({ length: 2 * units }, (_, i) => (i < units ? 2 * i : 2 * (i - units) + 1));
}

/** Uniform over the ring's area: nu_log of all units, then theta_log of all units, at the beginning of theta. */
export function drawRing(units: number, { rMin, rMax, maxPhase }: Ring, rng: Rng, params: Float64Array): void {
  for (let u = 0; u < units; u++) {
    const square = rMin ** 2 + (rMax ** 2 - rMin ** 2) * rng.uniform(); // |lambda|^2
    params[u] = Math.log(-0.5 * Math.log(square));
  }
  for (let u = 0; u < units; u++) params[units + u] = Math.log(maxPhase * rng.uniform());
}

/** 1 - |lambda|^2, precise where |lambda| is nearly 1. */
export function oneLessSquare(nu: number): number {
  return -Math.expm1(-2 * nu);
}

/** What `turn` leaves in work: g, phi, nu, theta, re and im of lambda h. */
export const TURN_WORK = 6;

/** (1) and (2) for h = (re, im), into work[at .. at + 6). */
export function turn(nuLog: number, thetaLog: number, re: number, im: number, work: Float64Array, at: number): void {
  const nu = Math.exp(nuLog);
  const theta = Math.exp(thetaLog);
  const r = Math.exp(-nu);
  const g = r * Math.cos(theta);
  const phi = r * Math.sin(theta);
  work[at] = g;
  work[at + 1] = phi;
  work[at + 2] = nu;
  work[at + 3] = theta;
  work[at + 4] = g * re - phi * im;
  work[at + 5] = g * im + phi * re;
}
