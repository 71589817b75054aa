/** One wrapping of every built-in wrapper, for the tests that go through all of them. */
import type { AnyEnv } from '../part.ts';
import * as gym from '../gymnasium.ts';
import { Env, type Info, type ResetOptions, type StepTuple } from '../env.ts';
import { box, discrete, tuple } from '../spaces.ts';
import { FineEnv } from './fine-env.ts';

/** An environment with a Box of actions in [-1, 3]^2, which it pays out. */
export class Steered extends FineEnv {
  override readonly actionSpace = box(-1, 3, [2]) as never;
  override step(action: number): ReturnType<FineEnv['step']> {
    const [x, y] = action as unknown as Float64Array;
    const [observation, , ...rest] = super.step(0);
    return [observation, x! + 10 * y!, ...rest];
  }
}

/** An environment whose observations are a Tuple of a Box and a Discrete. */
export class Parted extends Env<readonly [Float64Array, number], number> {
  override readonly metadata = new FineEnv().metadata;
  readonly observationSpace = tuple([box(0, 1, [4]), discrete(11)]);
  readonly actionSpace = discrete(3);
  private readonly fine = new FineEnv();
  reset(options?: ResetOptions): [readonly [Float64Array, number], Info] {
    return [[this.fine.reset(options)[0], 0], {}];
  }
  step(action: number): StepTuple<readonly [Float64Array, number]> {
    const [observation, ...rest] = this.fine.step(action);
    return [[observation, this.fine.t], ...rest];
  }
  override save(): unknown {
    return this.fine.save();
  }
  override load(saved: unknown): void {
    this.fine.load(saved);
  }
}

type AnyWrapper = new (env: AnyEnv, options: never) => AnyEnv;
export interface WrapperCase {
  readonly Class: AnyWrapper;
  readonly options: object;
  readonly inner: () => AnyEnv;
}

const around = (Class: AnyWrapper, options: object = {}, inner = (): AnyEnv => new FineEnv()): WrapperCase => {
  return { Class, options, inner };
};

export const wrapperCases: Readonly<Record<string, WrapperCase>> = {
  Antialias: around(gym.Antialias),
  Autoreset: around(gym.Autoreset),
  ClipAction: around(gym.ClipAction, {}, () => new Steered()),
  ClipReward: around(gym.ClipReward, { max: 1 }),
  DelayObservation: around(gym.DelayObservation, { delay: 3 }),
  DiscretizeAction: around(gym.DiscretizeAction, { bins: [2, 3] }, () => new Steered()),
  DiscretizeObservation: around(gym.DiscretizeObservation, { bins: [2, 3, 1, 4] }),
  DtypeObservation: around(gym.DtypeObservation, { dtype: 'float32' }),
  FilterObservation: around(gym.FilterObservation, { filterKeys: [1, 0] }, () => new Parted()),
  FlattenObservation: around(gym.FlattenObservation, {}, () => new Parted()),
  FlickerObservation: around(gym.FlickerObservation, { p: 0.5 }),
  FrameStackObservation: around(gym.FrameStackObservation, { stackSize: 3, paddingType: 'zero' }),
  MaskObservation: around(gym.MaskObservation, { keep: [3, 1] }),
  NoisyObservation: around(gym.NoisyObservation, { scale: [0.1, 0, 1, 2] }),
  NormalizeObservation: around(gym.NormalizeObservation, { epsilon: 0.01 }),
  NormalizeReward: around(gym.NormalizeReward, { gamma: 0.9, epsilon: 0.01 }),
  OrderEnforcing: around(gym.OrderEnforcing, { disableRenderOrderEnforcing: true }),
  PassiveEnvChecker: around(gym.PassiveEnvChecker),
  PreviousAction: around(gym.PreviousAction, { nullAction: 2 }),
  PreviousReward: around(gym.PreviousReward),
  RecordEpisodeStatistics: around(gym.RecordEpisodeStatistics, { bufferLength: 2 }),
  RepeatAction: around(gym.RepeatAction, { numRepeats: 3 }),
  RescaleAction: around(gym.RescaleAction, { min: -1, max: [1, 2] }, () => new Steered()),
  RescaleObservation: around(gym.RescaleObservation, { min: -1, max: [1, 2, 3, 4] }),
  ReshapeObservation: around(gym.ReshapeObservation, { shape: [2, 1, 2] }),
  StickyAction: around(gym.StickyAction, { repeatActionProbability: 0.5, repeatActionDuration: [1, 3] }),
  TimeAwareObservation: around(
    gym.TimeAwareObservation,
    { normalizeTime: true },
    () => new gym.TimeLimit(new FineEnv(), { maxEpisodeSteps: 20 }),
  ),
  TimeLimit: around(gym.TimeLimit, { maxEpisodeSteps: 7 }),
  TransformAction: around(gym.TransformAction, { func: (action: number) => 2 - action }),
  TransformObservation: around(gym.TransformObservation, { func: (x: Float64Array) => x.map((y) => 1 - y) }),
  TransformReward: around(gym.TransformReward, { func: (reward: number) => reward * 2 }),
};

export function wrapped(name: string, inner?: AnyEnv): AnyEnv {
  const { Class, options, inner: makeInner } = wrapperCases[name]!;
  return new Class(inner ?? makeInner(), options as never);
}
