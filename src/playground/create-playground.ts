/**
 * The playground without a worker: hears a page's messages, lives in slices between which the event loop turns, and answers
 * by frames as protocol.ts says. Time, turns and workers are the host's, so that it runs anywhere.
 */
import { DivergenceError } from '../divergence-error.ts';
import { UserError } from '../user-error.ts';
import { createLife, type Life } from './life.ts';
import { OwnError } from './own-error.ts';
import type { StartOwn } from './own-task.ts';
import type { Frame, FromPlayground, PlaygroundSetting, PlaygroundView, ToPlayground } from './protocol.ts';
import { changeView, completeSetting } from './setting.ts';

export interface PlaygroundHost {
  /** To the page; `transfer` are the message's own buffers. */
  send(message: FromPlayground, transfer: ArrayBuffer[]): void;
  now(): number; // milliseconds
  /** Calls back once the event loop has turned, or after some milliseconds. */
  later(call: () => void, milliseconds: number): void;
  readonly startOwn: StartOwn;
}

export interface Playground {
  /** Resolves when the message has had its effect; errors go to the page. */
  hear(message: ToPlayground): Promise<void>;
}

const SLICE = 8; // milliseconds
const FRAME = 15; // milliseconds between two frames, at least; a page's `drawn` keeps them to its repaints
const LATE = 0.25; // seconds that a limited speed makes up for
const LONG = 100; // milliseconds for a window that is lived at one go
const FIRST: PlaygroundView = { speed: null, window: 256 };

export function createPlayground(host: PlaygroundHost): Playground {
  let view = FIRST;
  let life: Life | null = null;
  let state: Frame['state'] = 'paused';
  let starts = 0; // the latest one counts
  let stepTime = 0; // milliseconds, of the latest slice; 0: nobody knows
  let isScheduled = false;
  let isDrawn = true;
  let isDue = false; // a frame, though nothing moves
  let sentAt = -Infinity;
  let pace = newPace(host.now(), 0);
  let speedFrom = { at: 0, time: 0 }; // where a limited speed is counted from

  const schedule = (milliseconds = 0): void => {
    if (isScheduled || !life) return;
    isScheduled = true;
    host.later(() => {
      isScheduled = false;
      slice();
    }, milliseconds);
  };
  const fail = (error: unknown, isFatal: boolean): void => {
    if (isFatal && life && !(error instanceof DivergenceError)) end();
    const line = error instanceof OwnError ? error.line : null;
    host.send({ type: 'error', message: oneLine(error), isFatal, line }, []);
  };
  const end = (): void => {
    life?.close();
    life = null;
    state = 'paused';
  };
  const sendFrame = (): void => {
    const frame = frameOf(life!, state, pace.shown(host.now(), life!.time));
    isDrawn = false;
    isDue = false;
    sentAt = host.now();
    host.send({ type: 'frame', frame }, buffersOf(frame));
  };
  /** Steps that may be lived now. */
  const allowed = (): number => {
    if (view.speed === null) return Infinity;
    const due = Math.floor(speedFrom.time + ((host.now() - speedFrom.at) / 1000) * view.speed) - life!.time;
    const most = Math.ceil(view.speed * LATE);
    if (due <= most) return due;
    speedFrom = { at: host.now() - 1000 * LATE, time: life!.time }; // what was missed is not made up for in a rush
    return most;
  };
  const isTime = (): boolean => isDrawn && host.now() - sentAt >= FRAME;
  const slice = (): void => {
    if (!life) return;
    const before = life.time;
    try {
      const isReady = state === 'running' ? work(life) : isDrawn;
      if (life.time > before) isDue = true;
      if (isDue && isReady) sendFrame();
    } catch (error) {
      if (error instanceof DivergenceError) state = 'diverged';
      fail(error, true);
      if (life && isDrawn) sendFrame();
    }
    if (state === 'running') schedule(life.time > before && view.speed === null ? 0 : 4);
  };
  /** As much as a slice holds, or as the speed allows. Returns whether it is time for a frame; its window comes last. */
  const work = (alive: Life): boolean => {
    const started = host.now();
    const count = allowed();
    // A frame's steps are all shown where there are few: that many were asked for, or there is no time for more.
    const isSlow = (view.speed !== null && view.speed <= 60 * view.window) || stepTime * view.window > LONG;
    const atOnce = stepTime > 0 ? Math.max(1, Math.floor(SLICE / stepTime)) : 1;
    let lived = 0;
    while (host.now() - started < SLICE && lived < count) {
      const most = Math.min(atOnce, isSlow ? view.window - lived : 256, count - lived);
      const some = most > 0 ? alive.live(most, isSlow) : 0;
      lived += some;
      if (some === 0) break;
    }
    const took = host.now() - started;
    if (lived > 0) stepTime = took / lived;
    pace.worked(took, lived);
    if (isSlow) return isTime();
    if (lived === 0 || !isTime()) return false;
    alive.live(view.window, true);
    return true;
  };

  const begin = async (given: PlaygroundSetting, isPaused: boolean): Promise<void> => {
    const mine = ++starts;
    end();
    const made = await createLife(completeSetting(given), view.window, host.startOwn, () => schedule());
    if (mine !== starts) return made.close();
    life = made;
    state = isPaused ? 'paused' : 'running';
    [isDrawn, isDue, sentAt, stepTime] = [true, true, -Infinity, 0];
    restart();
    host.send({ type: 'ready', about: life.about }, []);
    schedule();
  };
  const restart = (): void => {
    speedFrom = { at: host.now(), time: life?.time ?? 0 };
    pace = newPace(host.now(), life?.time ?? 0);
  };
  const stand = (): void => {
    if (state === 'running') state = 'paused';
    isDue = true;
    schedule();
  };
  const goOn = (): void => {
    if (state === 'paused') state = 'running';
    restart();
    schedule();
  };
  const step = (count: unknown): void => {
    if (typeof count !== 'number' || !Number.isInteger(count) || count < 1 || count > 1e6) {
      throw new UserError(`Cannot step ${String(count)} times: give a whole number from 1 to 1000000`);
    }
    if (state === 'running') state = 'paused';
    if (life && state === 'paused') {
      if (count > view.window) life.live(count - view.window, false);
      life.live(Math.min(count, view.window), true);
    }
    stand();
  };
  const change = (asked: unknown): void => {
    const { window } = view;
    view = changeView(view, asked);
    if (view.window !== window) life?.keep(view.window);
    restart();
    schedule();
  };

  return {
    async hear(message) {
      const { type } = message;
      try {
        if (type === 'start') await begin(message.setting, message.paused === true);
        else if (type === 'drawn') {
          isDrawn = true;
          schedule();
        } else if (type === 'pause') stand();
        else if (type === 'resume') goOn();
        else if (type === 'step') step(message.count ?? 1);
        else if (type === 'set') change(message.change);
        else if (type === 'stop') {
          starts++;
          end();
        } else
          throw new UserError(`Cannot do "${String(type)}": known are start, pause, resume, step, set, drawn, stop`);
      } catch (error) {
        if (error instanceof DivergenceError) state = 'diverged';
        fail(error, type === 'start' || error instanceof DivergenceError);
      }
    },
  };
}

/** Steps per second and microseconds per step, over the last half second or so. */
function newPace(at: number, time: number) {
  let from = { at, time };
  let [spent, lived] = [0, 0];
  let told: { perSecond: number; microseconds: number | null } = { perSecond: 0, microseconds: null };
  return {
    worked(milliseconds: number, steps: number): void {
      spent += milliseconds;
      lived += steps;
    },
    shown(now: number, steps: number): typeof told {
      if (now - from.at >= 500 || told.microseconds === null) {
        const seconds = (now - from.at) / 1000;
        told = {
          perSecond: seconds > 0 ? (steps - from.time) / seconds : 0,
          microseconds: lived > 0 ? (1000 * spent) / lived : told.microseconds,
        };
        from = { at: now, time: steps };
        [spent, lived] = [0, 0];
      }
      return told;
    },
  };
}

function frameOf(life: Life, state: Frame['state'], pace: Pick<Frame, 'perSecond' | 'microseconds'>): Frame {
  const { perSecond, microseconds } = pace;
  const parts = { curve: life.curve(), window: life.window(), inside: life.inside() };
  return { state, step: life.time, perSecond: state === 'running' ? perSecond : 0, microseconds, ...parts };
}

function buffersOf({ curve, window, inside }: Frame): ArrayBuffer[] {
  const arrays = [
    ...Object.values(curve),
    ...Object.values(window),
    inside.eligibility,
    ...inside.stepSizes.map((s) => s.values),
  ];
  return arrays.flatMap((array: unknown) => (ArrayBuffer.isView(array) ? [array.buffer as ArrayBuffer] : []));
}

function oneLine(error: unknown): string {
  // Browsers say it in words of their own, all of them by a RangeError.
  if (error instanceof RangeError) return `It is too large for this page: ${error.message}`;
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]!;
}
