/**
 * The inside of a run, for those who look: frames, thinned out here, where they are made. It reads and changes nothing;
 * of the time of the run it takes at most some 1 %, by making frames less often where they cost more, and none at all
 * while nobody looks.
 */
import type { ReportChunk } from '../chunk.ts';
import type { Learner, LearnerParts } from '../learner.ts';
import { nameQuestions } from '../questions.ts';
import type { StepSizes } from '../step-sizes-in-use.ts';
import type { Frame } from './frame.ts';
import { insideReader, type InsideReader } from './inside-reader.ts';
import { recentSteps, type RecentSteps, SHOWN } from './recent-steps.ts';

/** What is looked into. */
export interface Inside {
  readonly learner: Learner;
  readonly parts: LearnerParts;
  readonly stepSizes: StepSizes | null;
  time(): number;
}

export type FrameListener = (frame: Frame) => void;

export interface RunWatch {
  readonly isOn: boolean; // somebody looks
  /** Returns how to look away. */
  look(listener: FrameListener): () => void;
  begin(inside: Inside): void;
  /** After each chunk, while it is on. */
  push(report: ReportChunk, time: number): void;
  /** The run pauses: what was lived since the last frame is shown now. */
  rest(): void;
  end(): void;
}

const FRAME = 1000 / 15; // milliseconds between two frames, at least
const SLOW = 250; // the same of what is large
const SHARE = 0.004; // of the run's time, of each of the two

/** Milliseconds of the processor that this process has had: on a busy machine the clock goes on without it. */
const processorTime = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** `effort` is what a share is taken of. */
export function createWatch(clock = (): number => performance.now(), effort = processorTime): RunWatch {
  const listeners = new Set<FrameListener>();
  let inside: Inside | null = null;
  let recent: RecentSteps | null = null;
  let reader: InsideReader | null = null;
  let timer: NodeJS.Timeout | undefined;
  let skip = 0; // steps that are not looked at
  let [due, slowDue, shownAt] = [0, 0, 0]; // times
  let [effortDue, slowEffortDue] = [0, 0]; // of the processor
  let pace = 0; // steps per millisecond
  let mark: { readonly time: number; readonly step: number } | null = null; // of the frame before

  /** Until the time of the next frame; so many steps of a fast run are kept until then as will be shown. */
  const waitUntil = (time: number): void => {
    due = time;
    const ahead = pace * (due - clock());
    if (ahead < 2 * SHOWN) return;
    skip = Math.floor(ahead) - SHOWN;
    recent!.forget();
  };

  const show = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const [began, start] = [clock(), effort()];
    const step = inside!.time();
    const elapsed = mark === null || step <= mark.step ? null : began - mark.time;
    const steps = recent!.take();
    const before = effort();
    const isSlow = began >= slowDue && before >= slowEffortDue;
    const slow = isSlow ? reader!.slow(step) : null;
    const middle = effort();
    if (isSlow) [slowDue, slowEffortDue] = [began + SLOW, middle + (middle - before) / SHARE];
    const usPerStep = elapsed === null ? null : (1000 * elapsed) / (step - mark!.step);
    const frame: Frame = { step, steps, usPerStep, ...reader!.state(), slow };
    for (const listener of listeners) listener(frame);
    const [now, after] = [clock(), effort()];
    const owed = (after - middle + before - start) / SHARE;
    effortDue = after + owed;
    pace = elapsed === null ? 0 : (step - mark!.step) / elapsed;
    mark = { time: (shownAt = now), step };
    waitUntil(Math.max(began + FRAME, now + owed));
  };
  return {
    get isOn() {
      return listeners.size > 0;
    },
    look(listener) {
      listeners.add(listener);
      [skip, due, pace, mark] = [0, 0, 0, null];
      if (inside !== null) timer ??= setTimeout(() => inside && listeners.size > 0 && show(), FRAME).unref(); // of one that pauses
      return () => listeners.delete(listener);
    },
    begin(given) {
      inside = given;
      reader = insideReader(given);
      const { horde } = given.parts.head;
      recent = recentSteps(given.learner.inputSize, horde && nameQuestions(horde.questions));
    },
    push(report, time) {
      if (skip > 0) return void (skip -= report.length);
      recent!.push(report, time);
      // Of a fast run so many steps are shown as fit, without a look at the clock in between.
      if (mark !== null && time - mark.step > SHOWN && recent!.held < SHOWN) return;
      if (clock() < due) return;
      const owed = effortDue - effort();
      if (owed <= 0) show();
      else waitUntil(clock() + owed);
    },
    rest() {
      if (listeners.size === 0 || inside === null) return;
      skip = 0;
      const wait = shownAt + FRAME - clock();
      timer ??= setTimeout(() => inside && listeners.size > 0 && show(), Math.max(0, wait)).unref();
      mark = null; // time that passes now is no time of steps
    },
    end() {
      clearTimeout(timer);
      if (inside !== null && recent!.held > 0 && listeners.size > 0) show();
      listeners.clear();
      inside = null;
    },
  };
}
