/** What the structure of a net, or its settings, will do to learning: one line each, told before training. */
import { dynamicsLive, dynamicsPattern } from '../dynamics-structure.ts';
import type { Horde } from '../questions.ts';
import type { Rows } from '../types.ts';
import { isDense, saturation } from './saturation.ts';

export interface WarningNeeds {
  readonly rows: Rows;
  readonly readout: Int32Array; // of the cell
  readonly lambda: number | null; // of the step-size rule
  readonly discount: number | null; // of the environment
  readonly feedback: boolean; // random
  readonly horde?: Horde | undefined; // of the head
  readonly delay: number | null; // steps between what is seen and what it foretells, at most
}

export function warnings({ rows, readout, lambda, discount, delay, feedback, horde }: WarningNeeds): string[] {
  return [
    ...selfless(rows),
    ...untaught(rows, readout),
    ...spreading(rows),
    ...dense(rows),
    ...shortCredit(lambda, discount, delay),
    ...manyPulls(rows, horde),
    ...(feedback ? ['errors go back through a random matrix: no gradient is exact, whatever the estimator'] : []),
  ];
}

/** SnAp-1 keeps D's own blocks alone: where they are empty nothing is kept. */
function selfless(rows: Rows): string[] {
  const pattern = dynamicsPattern(rows);
  const live = dynamicsLive(rows, pattern);
  const size = rows.components ** 2;
  const alone = Array.from({ length: rows.units }, (_, unit) => pattern.start[unit]! * size).filter((at) =>
    live.subarray(at, at + size).every((value) => value === 0),
  ).length;
  if (alone === 0) return [];
  const which = alone === rows.units ? 'no unit has' : `${alone} of ${rows.units} units have no`;
  const what = alone === rows.units ? 'a connection' : 'connection';
  return [`${which} ${what} to itself: there columnar and snap n=1 are the immediate gradient; keep self-connections`];
}

/** One trace on the own unit says nothing of what layers above make of it. */
function untaught({ stack, components: b }: Rows, readout: Int32Array): string[] {
  if (!stack || stack.linkUnit.length === 0) return [];
  const read = new Set(Array.from(readout, (entry) => stack.layerOfUnit[Math.floor(entry / b)]!));
  const below = new Set(stack.layerOfUnit).size - read.size;
  if (below <= 0) return [];
  return ['heads read the top layer alone: columnar, rflo and e-prop teach nothing below it; take snap or layer-local'];
}

/** A parameter that moves several units within one step makes even the immediate Jacobian wide. */
function spreading(rows: Rows): string[] {
  let most = 0;
  let entries = 0;
  for (let r = 0; r < rows.count; r++) {
    const moved = rows.destStart[r + 1]! - rows.destStart[r]!;
    most = Math.max(most, moved);
    entries += moved * rows.components * (rows.start[r + 1]! - rows.start[r]!);
  }
  if (most <= 1) return [];
  const each = (entries / rows.source.length).toFixed(1);
  return [`parameters move up to ${most} units within one step: snap n=1 keeps ${each} numbers per parameter`];
}

function dense(rows: Rows): string[] {
  if (!isDense(rows) || saturation(rows) > 2) return [];
  return ['the net is dense: snap n>=2 is full RTRL; make it sparse, or of columns, for something in between'];
}

/** Exact credit of many questions. */
function manyPulls({ source }: Rows, horde: Horde | undefined): string[] {
  const K = horde?.questions.length ?? 1;
  if (K === 1 || horde?.recurrent !== 'exact') return [];
  const numbers = (K * source.length).toLocaleString('en');
  return [
    `${K} questions, each with an eligibility over the cell: ${K} pulls a step and ${numbers} numbers; recurrent=cheap of the head takes one, at lambda 0`,
  ];
}

function shortCredit(lambda: number | null, discount: number | null, delay: number | null): string[] {
  if (lambda === null || discount === null || delay === null) return [];
  const steps = 1 / (1 - discount * lambda);
  if (steps >= delay) return [];
  return [
    `eligibility lasts 1/(1-gamma lambda) = ${steps.toFixed(1)} steps, the environment's delay is up to ${delay}: raise lambda`,
  ];
}
