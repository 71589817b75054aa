/** What the frames of a live run add up to: the latest steps without a gap, states over time, norms over time. */
import type { Frame, Packed } from '../../run/frame.ts';

const STEPS = 1024;
const STATES = 240; // columns of the picture of states
const SLOW = 300;
const NAMES = ['prediction', 'delta', 'cumulant', 'discount', 'start', 'value'] as const;

export type StepName = (typeof NAMES)[number];

export interface LiveWindow {
  readonly from: number; // step of the first entry
  readonly steps: Readonly<Record<StepName, readonly (number | null)[]>>; // null: not finite, or none
  readonly observation: readonly (readonly number[])[]; // [entry][step]
  readonly states: readonly { readonly step: number; readonly values: readonly number[] }[];
  readonly slow: readonly { readonly step: number; readonly values: Readonly<Record<string, number | null>> }[];
  readonly influence: readonly number[] | null; // norm of J, unit by unit
  readonly usPerStep: number | null;
}

export const NO_WINDOW: LiveWindow = {
  from: 0,
  steps: { prediction: [], delta: [], cumulant: [], discount: [], start: [], value: [] },
  observation: [],
  states: [],
  slow: [],
  influence: null,
  usPerStep: null,
};

export function unpack(packed: Packed): number[] {
  const text = atob(packed);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  const view = new DataView(bytes.buffer);
  return Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
}

const known = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** The window with one more frame; from anew where steps between them were not told. */
export function withFrame(before: LiveWindow, frame: Frame): LiveWindow {
  const { steps: own, slow } = frame;
  const goesOn = own.from === before.from + before.steps.prediction.length;
  const old = goesOn ? before : { ...before, from: own.from, steps: NO_WINDOW.steps, observation: [] };
  const length = old.steps.prediction.length + own.count;
  const cut = Math.max(0, length - STEPS);
  const steps = Object.fromEntries(
    NAMES.map((name) => [name, [...old.steps[name], ...unpack(own[name]).map(known)].slice(cut)]),
  ) as Record<StepName, (number | null)[]>;
  const seen = unpack(own.observation);
  const observation = Array.from({ length: own.width }, (_, j) =>
    [...(old.observation[j] ?? []), ...Array.from({ length: own.count }, (_, i) => seen[i * own.width + j]!)].slice(
      cut,
    ),
  );
  const isNew = frame.step !== before.states.at(-1)?.step;
  const states = isNew ? [...before.states, { step: frame.step, values: unpack(frame.state) }] : before.states;
  return {
    from: old.from + cut,
    steps,
    observation,
    states: states.slice(-STATES),
    slow: slow ? [...before.slow, { step: slow.step, values: normsOf(slow) }].slice(-SLOW) : before.slow,
    influence: slow?.influence ? unpack(slow.influence.perUnit) : before.influence,
    usPerStep: frame.usPerStep ?? before.usPerStep,
  };
}

function normsOf({ norms, influence }: NonNullable<Frame['slow']>): Record<string, number | null> {
  return { ...norms, ...(influence ? { 'influence J': influence.norm } : {}) };
}
