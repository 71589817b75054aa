/**
 * Recurrent Trace Unit (Elelimy et al. 2024): a complex diagonal recurrence in real numbers, unit state (h1, h2) =
 * (re, im), lambda = exp(-nu + i theta) = g + i phi as in complex-diagonal.ts, whose norm also scales the input:
 *   a1 = g h1 - phi h2 + gamma W1 x,   a2 = g h2 + phi h1 + gamma W2 x,   h = f(a),   gamma = root + 1e-8, (4)
 *   root = sqrt(1 - |lambda|^2),   d gamma/d nu_log = nu |lambda|^2 / root                               (5)
 *   gain_nu = f' (-nu lambda h + d gamma/d nu_log W x),   gain_theta = f' i theta lambda h               (6)
 *   gain_W1 = (f'_1 gamma, 0),   gain_W2 = (0, f'_2 gamma),   direct = diag(f') [g, -phi; phi, g]        (7)
 * The 1e-8 is the published code's. So is a defect that is not repeated: it takes d lambda/d theta for
 * d lambda/d theta_log, without the factor theta of (6).
 * `tanh` and `relu` are the NON-LINEAR units, f = `activation` inside the recurrence. `linear` has f(a) = a: the LINEAR
 * units but for their output f(h), which no step reads and which is therefore left to the features: the published
 * linear unit is this cell with features `activated`. Heads read h1 of all units, then h2 of all units.
 */
import { z } from 'zod';
import { ACTIVATIONS, type Pointwise, POINTWISE } from '../activations.ts';
import * as ring from '../complex-diagonal.ts';
import { definePart } from '../part.ts';
import { buildRows, createLane } from '../rows.ts';
import type { Cell, CellNeeds, Lane, Rng } from '../types.ts';

const options = z
  .strictObject({
    ...ring.RING_OPTIONS,
    activation: z.enum(ACTIVATIONS).default('linear').describe('f inside the recurrence; the output has none'),
  })
  .refine(ring.isRing, ring.NO_RING);

const EPSILON = 1e-8;
const WORK = ring.TURN_WORK + 1; // numbers per unit: what `turn` leaves, root

export default definePart<z.infer<typeof options>, CellNeeds, Cell>({
  cite: 'elelimy2024real',
  summary: 'trace units: complex diagonal recurrence, linear or not; exact RTRL in O(p)',
  options,
  create({ units, activation, ...chosen }, rng, { inputSize }) {
    const shape = { inputSize, units, components: 2 };
    const rows = buildRows(shape, [
      ...['nu', 'theta'].map((name) => ({ name, rows: ring.constantRows(shape) })),
      ring.inputGroup('W1', shape, 0),
      ring.inputGroup('W2', shape, 1),
    ]);
    const params = new Float64Array(rows.source.length); // [nu_log; theta_log; W1; W2], each unit by unit
    ring.drawRing(units, chosen, rng, params);
    for (let e = 2 * units; e < params.length; e++) params[e] = truncatedNormal(rng) / Math.sqrt(inputSize);
    const f = POINTWISE[activation];
    return {
      ...shape,
      params,
      rows,
      readout: ring.bothComponents(units),
      kernel: { id: 'rtu', options: [ACTIVATIONS.indexOf(activation)], work: 5 },
      lane: () => createLane(rows, WORK * units),
      begin: (lane) => lane.reset(),
      activate: (_layer, lane) => activate(units, f, lane),
      differentiate: (lane) => differentiate(units, f, lane),
    };
  },
});

/** Normal within two deviations, of variance 1: flax's lecun_normal, with which W is drawn. */
function truncatedNormal(rng: Rng): number {
  let value = rng.normal();
  while (Math.abs(value) > 2) value = rng.normal();
  return value / 0.87962566103423978; // the deviation of what is left
}

function activate(units: number, f: Pointwise, { sum, work, state }: Lane): void {
  for (let u = 0; u < units; u++) {
    const at = u * WORK;
    ring.turn(sum[u]!, sum[units + u]!, state[2 * u]!, state[2 * u + 1]!, work, at);
    const root = (work[at + 6] = Math.sqrt(ring.oneLessSquare(work[at + 2]!))); // (5)
    const gamma = root + EPSILON;
    state[2 * u] = f.of(work[at + 4]! + gamma * sum[2 * units + u]!); // (4)
    state[2 * u + 1] = f.of(work[at + 5]! + gamma * sum[3 * units + u]!);
  }
}

function differentiate(units: number, f: Pointwise, { sum, work, state, gain, direct }: Lane): void {
  for (let u = 0; u < units; u++) {
    const at = u * WORK;
    const g = work[at]!;
    const phi = work[at + 1]!;
    const nu = work[at + 2]!;
    const theta = work[at + 3]!;
    const re = work[at + 4]!; // of lambda h
    const im = work[at + 5]!;
    const root = work[at + 6]!;
    const gamma = root + EPSILON;
    const slope = (nu * (g * g + phi * phi)) / root; // (5)
    const f1 = f.slope(state[2 * u]!);
    const f2 = f.slope(state[2 * u + 1]!);
    gain[2 * u] = f1 * (slope * sum[2 * units + u]! - nu * re); // (6)
    gain[2 * u + 1] = f2 * (slope * sum[3 * units + u]! - nu * im);
    gain[2 * (units + u)] = -f1 * theta * im;
    gain[2 * (units + u) + 1] = f2 * theta * re;
    gain[2 * (2 * units + u)] = f1 * gamma; // (7)
    gain[2 * (2 * units + u) + 1] = 0;
    gain[2 * (3 * units + u)] = 0;
    gain[2 * (3 * units + u) + 1] = f2 * gamma;
    direct[4 * u] = f1 * g;
    direct[4 * u + 1] = -f1 * phi;
    direct[4 * u + 2] = f2 * phi;
    direct[4 * u + 3] = f2 * g;
  }
}
