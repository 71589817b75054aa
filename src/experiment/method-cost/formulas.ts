/**
 * The leading terms by hand, for a net of k state entries with p parameters when all weights are there, of which a mask
 * leaves the share d, the same share of the k x k numbers of D, whatever the gates:
 *   method                    numbers kept      products per step
 *   bptt, T steps             T k + d p         d (k^2 + p)
 *   tbptt, L steps, rolling   L k + d p         L d (k^2 + p)
 *   uoro, snap 1, rflo        k + d p           d (k^2 + p)
 *   immediate                 d p               d p
 *   snap 2                    k + d^2 k p       d (k^2 + d^2 k^2 p)
 *   sparse rtrl               k + d k p         d (k^2 + d k^2 p)
 *   rtrl                      k + k p           k^2 + k^2 p
 * They are derivations and no figures of a paper: SnAp's own table was not at hand.
 */
import type { Predicted } from './methods.ts';
import { UNROLL, WINDOW } from './methods.ts';

export interface Sizes {
  readonly k: number;
  readonly p: number; // when all weights are there
  readonly d: number;
}

type Formula = (sizes: Sizes) => Predicted;

const local: Formula = ({ k, p, d }) => ({ entries: k + d * p, macs: d * (k * k + p) });

const FORMULAS: Readonly<Record<string, Formula>> = {
  bptt: ({ k, p, d }) => ({ entries: UNROLL * k + d * p, macs: d * (k * k + p) }),
  tbptt: ({ k, p, d }) => ({ entries: WINDOW * k + d * p, macs: WINDOW * d * (k * k + p) }),
  uoro: local,
  rflo: local,
  immediate: ({ p, d }) => ({ entries: d * p, macs: d * p }),
  'snap 1': local,
  'snap 2': ({ k, p, d }) => ({ entries: k + d * d * k * p, macs: d * (k * k + d * d * k * k * p) }),
  'sparse rtrl': ({ k, p, d }) => ({ entries: k + d * k * p, macs: d * (k * k + d * k * k * p) }),
  rtrl: ({ k, p }) => ({ entries: k + k * p, macs: k * k + k * k * p }),
};

/** Null: there is none (snap 3). */
export const formula = (method: string, sizes: Sizes): Predicted | null => FORMULAS[method]?.(sizes) ?? null;
