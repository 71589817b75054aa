/**
 * B environments lived in lockstep, one per lane: a chunk is one step of all, row b that of lane b, time counts steps of
 * a lane. Lane 0 has the run's own seed, lane b the child seed/lane/b. Environments that can `join` share what they have
 * in common (a curriculum). A lane goes on to its next episode at once, or, `together`, waits until the episodes of all
 * lanes are over: then its row repeats its latest step, asks nothing, and `waits` says so.
 */
import type { AnyEnv } from '@rl-tools/envs';
import { createStepChunk, type StepChunk } from './chunk.ts';
import { createInteraction, type Interaction, type InteractOptions, type Policy } from './interaction.ts';

export interface LanesInteractOptions extends Omit<InteractOptions, 'chunk' | 'policy'> {
  readonly policy?: (lane: number) => Policy;
  readonly together: boolean;
}

export interface LanesInteraction extends Interaction {
  readonly waits: Uint8Array; // [B] of the present chunk
}

interface Saved {
  readonly time: number;
  readonly env: unknown; // of lane 0
  readonly lanes: readonly unknown[];
}

export function createLanesInteraction(envs: readonly AnyEnv[], options: LanesInteractOptions): LanesInteraction {
  const { seed, policy, together, steps = Infinity, ...rest } = options;
  const B = envs.length;
  join(envs);
  const lanes = envs.map((env, b) =>
    createInteraction(env, {
      ...rest,
      seed: b === 0 ? seed : `${seed}/lane/${b}`,
      chunk: 1,
      ...(policy ? { policy: policy(b) } : {}),
    }),
  );
  const { inputSize, chunk: first } = lanes[0]!;
  const chunk = createStepChunk(B, inputSize, first.questions, first.target !== null);
  const waits = new Uint8Array(B);
  let time = 0;
  return {
    inputSize,
    chunk,
    waits,
    stride: 1,
    get time() {
      return time;
    },
    get ended() {
      return lanes.every(({ ended }) => ended);
    },
    fill() {
      chunk.length = time < steps ? B : 0;
      if (chunk.length === 0) return false;
      let over = 0; // lanes at the end of an episode
      for (let b = 0; b < B; b++) if (lanes[b]!.ended) over++;
      for (let b = 0; b < B; b++) {
        waits[b] = together && lanes[b]!.ended && over < B ? 1 : 0;
        if (waits[b] === 0) lanes[b]!.fill();
        copyRow(lanes[b]!.chunk, chunk, b, waits[b] === 1);
      }
      time++;
      return true;
    },
    save(): Saved {
      const saved = lanes.map((lane) => lane.save());
      const isWhole = saved.every((lane) => (lane as { env: unknown }).env !== null);
      return { time, env: isWhole ? (saved[0] as { env: unknown }).env : null, lanes: saved };
    },
    async load(saved, stop) {
      const from = saved as Saved;
      for (let b = 0; b < B; b++) await lanes[b]!.load(from.lanes[b], stop);
      if (!stop?.aborted) time = from.time;
    },
  };
}

/** Lanes of one learner, where environments know of such. */
function join([first, ...others]: readonly AnyEnv[]): void {
  for (const other of others) (bare(other) as { join?(first: unknown): void }).join?.(bare(first!));
}

/** The environment underneath wrappers; one made elsewhere may know of none. */
const bare = (env: AnyEnv): AnyEnv => (env as Partial<AnyEnv>).unwrapped ?? env;

/** The one step of `from` as row `b`; one that waits opens nothing and asks nothing. */
function copyRow(from: StepChunk, into: StepChunk, b: number, waits: boolean): void {
  const { inputSize: m, questions: K } = into;
  for (let j = 0; j < m; j++) into.observation[b * m + j] = from.observation[j]!;
  for (let k = 0; k < K; k++) {
    into.cumulant[b * K + k] = waits ? 0 : from.cumulant[k]!;
    into.discount[b * K + k] = waits ? 0 : from.discount[k]!;
    if (into.target) into.target[b * K + k] = waits ? 0 : from.target![k]!;
  }
  into.start[b] = waits ? 0 : from.start[0]!;
  into.ratio[b] = from.ratio[0]!;
  into.value[b] = waits ? NaN : from.value[0]!;
  into.success[b] = waits ? NaN : from.success[0]!;
}
