/**
 * Linear Recurrent Unit (Orvieto et al. 2023; learned online by Zucchet et al. 2023), unit state h = (re, im):
 *   h_t = lambda h_{t-1} + gamma (B x_t),   gamma = exp(gamma_log),   lambda = exp(-nu + i theta): complex-diagonal.ts
 *   gain_nu = -nu lambda h,   gain_theta = i theta lambda h,   gain_gamma = gamma (B x)                  (4)
 *   gain_Bre = (gamma, 0),    gain_Bim = (0, gamma),           direct = [g, -phi; phi, g]               (5)
 * At the start gamma = sqrt(1 - |lambda|^2), free afterwards; B ~ N(0, 1 / (2 m)), without bias. Units do not meet, so
 * one trace per parameter and component is exact RTRL. Heads read re of all units, then im of all units: a linear head
 * is the paper's Re(C h), and its D x comes with features that append the observation.
 */
import { z } from 'zod';
import * as ring from '../complex-diagonal.ts';
import { definePart } from '../part.ts';
import { buildRows, createLane } from '../rows.ts';
import type { Cell, CellNeeds, Lane } from '../types.ts';

const options = z.strictObject(ring.RING_OPTIONS).refine(ring.isRing, ring.NO_RING);

const WORK = ring.TURN_WORK + 1; // numbers per unit: what `turn` leaves, gamma

export default definePart<z.infer<typeof options>, CellNeeds, Cell>({
  cite: 'orvieto2023resurrecting',
  summary: 'complex diagonal linear recurrence; exact RTRL in O(p)',
  options,
  create({ units, ...chosen }, rng, { inputSize }) {
    const shape = { inputSize, units, components: 2 };
    const rows = buildRows(shape, [
      ...['nu', 'theta', 'gamma'].map((name) => ({ name, rows: ring.constantRows(shape) })),
      ring.inputGroup('B_re', shape, 0),
      ring.inputGroup('B_im', shape, 1),
    ]);
    const params = new Float64Array(rows.source.length); // [nu_log; theta_log; gamma_log; B_re; B_im], each unit by unit
    ring.drawRing(units, chosen, rng, params);
    for (let u = 0; u < units; u++) params[2 * units + u] = 0.5 * Math.log(ring.oneLessSquare(Math.exp(params[u]!)));
    for (let e = 3 * units; e < params.length; e++) params[e] = rng.normal() / Math.sqrt(2 * inputSize);
    return {
      ...shape,
      params,
      rows,
      readout: ring.bothComponents(units),
      kernel: { id: 'lru', options: [], work: 5 },
      lane: () => createLane(rows, WORK * units),
      begin: (lane) => lane.reset(),
      activate: (_layer, lane) => activate(units, lane),
      differentiate: (lane) => differentiate(units, lane),
    };
  },
});

function activate(units: number, { sum, work, state }: Lane): void {
  for (let u = 0; u < units; u++) {
    const at = u * WORK;
    ring.turn(sum[u]!, sum[units + u]!, state[2 * u]!, state[2 * u + 1]!, work, at);
    const gamma = (work[at + 6] = Math.exp(sum[2 * units + u]!));
    state[2 * u] = work[at + 4]! + gamma * sum[3 * units + u]!;
    state[2 * u + 1] = work[at + 5]! + gamma * sum[4 * units + u]!;
  }
}

function differentiate(units: number, { sum, work, gain, direct }: Lane): void {
  for (let u = 0; u < units; u++) {
    const at = u * WORK;
    const nu = work[at + 2]!;
    const theta = work[at + 3]!;
    const re = work[at + 4]!; // of lambda h
    const im = work[at + 5]!;
    const gamma = work[at + 6]!;
    gain[2 * u] = -nu * re; // (4)
    gain[2 * u + 1] = -nu * im;
    gain[2 * (units + u)] = -theta * im;
    gain[2 * (units + u) + 1] = theta * re;
    gain[2 * (2 * units + u)] = gamma * sum[3 * units + u]!;
    gain[2 * (2 * units + u) + 1] = gamma * sum[4 * units + u]!;
    gain[2 * (3 * units + u)] = gamma; // (5)
    gain[2 * (3 * units + u) + 1] = 0;
    gain[2 * (4 * units + u)] = 0;
    gain[2 * (4 * units + u) + 1] = gamma;
    direct[4 * u] = work[at]!;
    direct[4 * u + 1] = -work[at + 1]!;
    direct[4 * u + 2] = work[at + 1]!;
    direct[4 * u + 3] = work[at]!;
  }
}
