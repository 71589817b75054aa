/** The latest steps of a run, as many as are shown at a time: a ring of columns. */
import type { ReportChunk } from '../chunk.ts';
import { type FrameSteps, pack } from './frame.ts';

export const SHOWN = 512; // steps of a frame, at most
const WIDTH = 16; // entries of an observation

export interface RecentSteps {
  readonly held: number; // steps since `take`, at most SHOWN
  push(report: ReportChunk, time: number): void;
  /** Those since the last time, and forgets them. */
  take(): FrameSteps;
  forget(): void;
}

const NAMES = ['prediction', 'delta', 'cumulant', 'discount', 'start', 'value'] as const;

export function recentSteps(inputSize: number): RecentSteps {
  const width = Math.min(WIDTH, inputSize);
  const columns = NAMES.map(() => new Float32Array(SHOWN));
  const observation = new Float32Array(SHOWN * width);
  let [next, held, time] = [0, 0, 0]; // place of the next one
  const inOrder = (ring: Float32Array, size: number): string => {
    const first = (next - held + SHOWN) % SHOWN;
    const straight = new Float32Array(held * size);
    const early = Math.min(held, SHOWN - first);
    straight.set(ring.subarray(first * size, (first + early) * size));
    straight.set(ring.subarray(0, (held - early) * size), early * size);
    return pack(straight);
  };
  return {
    get held() {
      return held;
    },
    push({ steps: chunk, prediction, delta, length }, now) {
      const { questions: K, inputSize: m } = chunk;
      const [v, d, c, gamma, start, value] = columns as [
        Float32Array,
        Float32Array,
        Float32Array,
        Float32Array,
        Float32Array,
        Float32Array,
      ];
      for (let i = Math.max(0, length - SHOWN); i < length; i++) {
        v[next] = prediction[i * K]!;
        d[next] = delta[i * K]!;
        c[next] = chunk.cumulant[i * K]!;
        gamma[next] = chunk.discount[i * K]!;
        start[next] = chunk.start[i]!;
        value[next] = chunk.value[i]!;
        for (let j = 0; j < width; j++) observation[next * width + j] = chunk.observation[i * m + j]!;
        next = (next + 1) % SHOWN;
      }
      held = Math.min(SHOWN, held + length);
      time = now;
    },
    take() {
      const packed = Object.fromEntries(NAMES.map((name, i) => [name, inOrder(columns[i]!, 1)]));
      const steps = { from: time - held, count: held, width, observation: inOrder(observation, width), ...packed };
      held = 0;
      return steps as unknown as FrameSteps;
    },
    forget() {
      held = 0;
    },
  };
}
