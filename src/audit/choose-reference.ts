/** What estimators are held against: exact RTRL where it is affordable, else the probe. */
import rtrl from '../estimators/rtrl.ts';
import type { Cell, Rng } from '../types.ts';
import { UserError } from '../user-error.ts';
import type { Reference } from './auditor.ts';
import { probe } from './probe.ts';

export const REFERENCES = ['auto', 'shadow', 'probe'] as const;

export interface ReferenceOptions {
  readonly kind: (typeof REFERENCES)[number]; // auto: the shadow where it is within the budget
  readonly budget: number; // multiply-adds per step
  readonly stretch: number; // steps between two directions of the probe
  readonly rng: Rng; // draws them
}

export interface ChosenReference {
  readonly reference: Exclude<Reference, { kind: 'active' }>;
  readonly exactMacs: number; // multiply-adds per step of exact RTRL
}

export function chooseReference(cell: Cell, { kind, budget, stretch, rng }: ReferenceOptions): ChosenReference {
  const shadow = rtrl.create({}, rng, { cell }); // takes its memory at the first update
  const { macsPerStep: exactMacs } = shadow.cost;
  if (exactMacs <= budget && kind !== 'probe') return { reference: { kind: 'shadow', estimator: shadow }, exactMacs };
  if (kind === 'shadow') {
    throw new UserError(
      `Cannot audit against exact RTRL: it takes ${exactMacs} multiply-adds per step, the budget is ${budget}; ` +
        `raise --budget, or take --reference probe`,
    );
  }
  return { reference: { kind: 'probe', estimator: probe(cell, rng, stretch) }, exactMacs };
}
