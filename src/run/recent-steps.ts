/** The latest steps of a run, as many as are shown at a time: a ring of columns. */
import type { ReportChunk } from '../chunk.ts';
import { type FrameQuestions, type FrameSteps, pack } from './frame.ts';

export const SHOWN = 512; // steps of a frame, at most
const WIDTH = 16; // entries of an observation
const QUESTIONS = 4; // of a horde

export interface RecentSteps {
  readonly held: number; // steps since `take`, at most SHOWN
  push(report: ReportChunk, time: number): void;
  /** Those since the last time, and forgets them. */
  take(): FrameSteps;
  forget(): void;
}

const NAMES = ['prediction', 'delta', 'cumulant', 'discount', 'start', 'value'] as const;

/** `questions`: names of those of a horde, of which the first four are told. */
export function recentSteps(inputSize: number, questions: readonly string[] = []): RecentSteps {
  const width = Math.min(WIDTH, inputSize);
  const columns = NAMES.map(() => new Float32Array(SHOWN));
  const observation = new Float32Array(SHOWN * width);
  const names = questions.slice(0, QUESTIONS);
  const others = names.slice(1).map(() => Array.from({ length: 4 }, () => new Float32Array(SHOWN)));
  let [next, held, time] = [0, 0, 0]; // place of the next one
  const inOrder = (ring: Float32Array, size: number): string => {
    const first = (next - held + SHOWN) % SHOWN;
    const straight = new Float32Array(held * size);
    const early = Math.min(held, SHOWN - first);
    straight.set(ring.subarray(first * size, (first + early) * size));
    straight.set(ring.subarray(0, (held - early) * size), early * size);
    return pack(straight);
  };
  const questionsOf = (): FrameQuestions => ({
    of: questions.length,
    names,
    others: others.map((rings) => ({
      ...{ prediction: inOrder(rings[0]!, 1), delta: inOrder(rings[1]!, 1) },
      ...{ cumulant: inOrder(rings[2]!, 1), discount: inOrder(rings[3]!, 1) },
    })),
  });
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
        value[next] = questions.length > 0 ? NaN : chunk.value[i]!; // it is about the environment's own question
        for (let j = 0; j < others.length; j++) {
          const [v2, d2, c2, gamma2] = others[j]!;
          const at = i * K + j + 1;
          v2![next] = prediction[at]!;
          d2![next] = delta[at]!;
          c2![next] = chunk.cumulant[at]!;
          gamma2![next] = chunk.discount[at]!;
        }
        for (let j = 0; j < width; j++) observation[next * width + j] = chunk.observation[i * m + j]!;
        next = (next + 1) % SHOWN;
      }
      held = Math.min(SHOWN, held + length);
      time = now;
    },
    take() {
      const packed = Object.fromEntries(NAMES.map((name, i) => [name, inOrder(columns[i]!, 1)]));
      const steps = { from: time - held, count: held, width, observation: inOrder(observation, width), ...packed };
      const more = others.length === 0 ? {} : { questions: questionsOf() };
      held = 0;
      return { ...steps, ...more } as unknown as FrameSteps;
    },
    forget() {
      held = 0;
    },
  };
}
