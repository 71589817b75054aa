/** One wrapping of every built-in wrapper, for the tests that go through all of them. */
import type { AnyEnv } from '../part.ts';
import * as gym from '../gymnasium.ts';
import { box } from '../spaces.ts';
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
  ClipReward: around(gym.ClipReward, { max: 1 }),
  FlickerObservation: around(gym.FlickerObservation, { p: 0.5 }),
  MaskObservation: around(gym.MaskObservation, { keep: [3, 1] }),
  NoisyObservation: around(gym.NoisyObservation, { scale: [0.1, 0, 1, 2] }),
  OrderEnforcing: around(gym.OrderEnforcing, { disableRenderOrderEnforcing: true }),
  PassiveEnvChecker: around(gym.PassiveEnvChecker),
  PreviousAction: around(gym.PreviousAction, { nullAction: 2 }),
  PreviousReward: around(gym.PreviousReward),
  TimeLimit: around(gym.TimeLimit, { maxEpisodeSteps: 7 }),
};

export function wrapped(name: string, inner?: AnyEnv): AnyEnv {
  const { Class, options, inner: makeInner } = wrapperCases[name]!;
  return new Class(inner ?? makeInner(), options as never);
}
