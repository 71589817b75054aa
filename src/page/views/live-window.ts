/** What the frames of a live run add up to: the latest steps without a gap, states over time, norms over time. */
import type { Frame, FrameQuestions, Packed, QuestionColumn } from '../../run/frame.ts';

const STEPS = 1024;
const STATES = 240; // columns of the picture of states
const SLOW = 300;
const NAMES = ['prediction', 'delta', 'cumulant', 'discount', 'start', 'value'] as const;

const ASKED: readonly QuestionColumn[] = ['prediction', 'delta', 'cumulant', 'discount'];

export type StepName = (typeof NAMES)[number];
type Columns<Name extends string> = Readonly<Record<Name, readonly (number | null)[]>>;

/** Of a horde. */
export interface LiveQuestions extends Omit<FrameQuestions, 'others'> {
  readonly others: readonly Columns<QuestionColumn>[]; // the second question and those after it
}

export interface LiveWindow {
  readonly from: number; // step of the first entry
  readonly steps: Columns<StepName>; // null: not finite, or none
  readonly questions: LiveQuestions | null; // null: one is asked
  readonly observation: readonly (readonly number[])[]; // [entry][step]
  readonly states: readonly { readonly step: number; readonly values: readonly number[] }[];
  readonly slow: readonly { readonly step: number; readonly values: Readonly<Record<string, number | null>> }[];
  readonly stateEvery: number; // numbers of the state from one that is shown to the next
  readonly influence: { readonly perUnit: readonly number[]; readonly every: number } | null; // norm of J, unit by unit
  readonly usPerStep: number | null;
}

export const NO_WINDOW: LiveWindow = {
  from: 0,
  steps: { prediction: [], delta: [], cumulant: [], discount: [], start: [], value: [] },
  questions: null,
  observation: [],
  states: [],
  slow: [],
  stateEvery: 1,
  influence: null,
  usPerStep: null,
};

const bytesOf = (packed: Packed): DataView => {
  const text = atob(packed);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return new DataView(bytes.buffer);
};

export function unpack(packed: Packed): number[] {
  const view = bytesOf(packed);
  return Array.from({ length: view.byteLength / 4 }, (_, i) => view.getFloat32(4 * i, true));
}

/** The end of `old`, `kept` numbers of it, and what follows: column `at` of rows of `width` numbers. */
function followed<T>(
  old: readonly T[],
  kept: number,
  fresh: DataView,
  of: (value: number) => T,
  [at, width]: readonly [number, number] = [0, 1],
): T[] {
  const all = old.slice(old.length - kept);
  for (let i = 4 * at; i < fresh.byteLength; i += 4 * width) all.push(of(fresh.getFloat32(i, true)));
  return all.length <= STEPS ? all : all.slice(-STEPS);
}

const known = (value: number): number | null => (Number.isFinite(value) ? value : null);
const same = (value: number): number => value;

/** The window with one more frame; from anew where steps between them were not told. */
export function withFrame(before: LiveWindow, frame: Frame): LiveWindow {
  const { steps: own, slow } = frame;
  const length = before.steps.prediction.length;
  const goesOn = own.from === before.from + length;
  const kept = goesOn ? Math.min(length, Math.max(0, STEPS - own.count)) : 0;
  const steps = Object.fromEntries(
    NAMES.map((name) => [name, followed(before.steps[name], kept, bytesOf(own[name]), known)]),
  ) as Record<StepName, (number | null)[]>;
  const others = own.questions?.others.map((other, k) => {
    const old = before.questions?.others[k];
    return Object.fromEntries(
      ASKED.map((name) => [name, followed(old?.[name] ?? [], old ? kept : 0, bytesOf(other[name]), known)]),
    ) as Record<QuestionColumn, (number | null)[]>;
  });
  const seen = bytesOf(own.observation);
  const observation = Array.from({ length: own.width }, (_, j) =>
    followed(before.observation[j] ?? [], kept, seen, same, [j, own.width]),
  );
  const isNew = frame.step !== before.states.at(-1)?.step;
  const states = isNew ? [...before.states, { step: frame.step, values: unpack(frame.state) }] : before.states;
  return {
    from: own.from + own.count - steps.prediction.length,
    steps,
    questions: own.questions && others ? { ...own.questions, others } : null,
    observation,
    states: states.slice(-STATES),
    slow: slow ? [...before.slow, { step: slow.step, values: normsOf(slow) }].slice(-SLOW) : before.slow,
    stateEvery: frame.stateEvery,
    influence: slow?.influence ? { ...slow.influence, perUnit: unpack(slow.influence.perUnit) } : before.influence,
    usPerStep: frame.usPerStep ?? before.usPerStep,
  };
}

function normsOf({ norms, influence }: NonNullable<Frame['slow']>): Record<string, number | null> {
  return { ...norms, ...(influence ? { 'influence J': influence.norm } : {}) };
}
