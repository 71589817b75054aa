/**
 * Passive estimators beside the active one of a learner, on the same lane and stream: they see every step and change
 * nothing. Their gradients of v_t are held against a reference: the active estimator's own gradient, that of an exact
 * estimator that runs beside it (a shadow), or the exact numbers along random directions (a probe).
 */
import type { ReferenceLearner } from '../learner.ts';
import { joined, named } from '../stateful.ts';
import type { Estimator, Stateful } from '../types.ts';
import { type Alignment, all, type Group, type Meter, paramGroups, pooled, stepMeans } from './alignment.ts';
import type { Probe } from './probe.ts';

/**
 * What gradients are held against: the active estimator, an exact one beside it, or exact numbers along random
 * directions.
 */
export type Reference =
  | { readonly kind: 'active' }
  | { readonly kind: 'shadow'; readonly estimator: Estimator }
  | { readonly kind: 'probe'; readonly estimator: Probe };

/** Over all parameters, and group by group. */
export interface GroupAlignment extends Alignment {
  readonly groups: Readonly<Record<string, Alignment>>;
}

export interface Auditor {
  /** After every step of the learner. */
  observe(): void;
  /** The alignments since the last time, by estimator. */
  take(): Record<string, GroupAlignment>;
  /** Gradients and sums since the last time, for a checkpoint; what estimators know they keep themselves. */
  readonly state: Stateful;
}

export function auditor(
  learner: Pick<ReferenceLearner, 'cell' | 'gradient' | 'watch'>,
  estimators: Readonly<Record<string, Estimator>>,
  reference: Reference = { kind: 'active' },
): Auditor {
  const watched = new Map<Estimator, Float64Array>(); // a shadow may be one of the estimators
  const gradientOf = (estimator: Estimator): Float64Array => {
    const gradient = watched.get(estimator) ?? learner.watch(estimator);
    watched.set(estimator, gradient);
    return gradient;
  };
  const exact = reference.kind === 'active' ? learner.gradient : gradientOf(reference.estimator);
  const probe = reference.kind === 'probe' ? reference.estimator : null;
  const along = new Float64Array(probe?.groups.length ?? 0); // numbers of one gradient along the probe's direction
  const whole = all(learner.cell);
  const groups = paramGroups(learner.cell);
  const subjects = Object.entries(estimators).map(([name, estimator]) => ({
    name,
    gradient: gradientOf(estimator),
    ...(probe === null ? stepMeters(whole, groups) : probeMeters(probe, groups)),
  }));
  const none = (): void => undefined;
  const states = subjects.map(({ name, gradient, overall, parts }) => {
    const sums = parts.map(({ name: group, meter }) => [`sums.${group}`, meter.sums] as const);
    return [name, named({ gradient, sums: overall.sums, ...Object.fromEntries(sums) }, none)] as const;
  });
  return {
    state: joined({ ...Object.fromEntries(states), reference: named({ gradient: exact }, none) }, none),
    observe() {
      for (const { gradient, overall, parts } of subjects) {
        probe?.project(gradient, along);
        const seen = probe === null ? gradient : along;
        overall.add(seen, exact);
        for (const { meter } of parts) meter.add(seen, exact);
      }
    },
    take: () =>
      Object.fromEntries(
        subjects.map(({ name, overall, parts }) => {
          const groupAlignments = Object.fromEntries(parts.map((part) => [part.name, part.meter.take()]));
          return [name, { ...overall.take(), groups: groupAlignments }];
        }),
      ),
  };
}

interface Meters {
  readonly overall: Meter;
  readonly parts: readonly { readonly name: string; readonly meter: Meter }[]; // one per group
}

function stepMeters(whole: Group, groups: readonly Group[]): Meters {
  const parts = groups.map(({ name, params }) => ({ name, meter: stepMeans(params) }));
  return { overall: stepMeans(whole.params), parts };
}

function probeMeters(probe: Probe, groups: readonly Group[]): Meters {
  const places = Int32Array.from(probe.groups, (_, i) => i);
  const parts = groups.map(({ name }, i) => ({ name, meter: pooled(places.subarray(i, i + 1)) }));
  return { overall: pooled(places), parts };
}
