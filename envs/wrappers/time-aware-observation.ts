/**
 * Gymnasium's TimeAwareObservation, flat: the observation and the number of steps since the reset, or with
 * `normalizeTime` that number over the limit, as a float32. The limit is that of the outermost TimeLimit, or of the spec. The
 * time comes last; among the parts of a Dict it stands where the key `dictTimeKey` sorts.
 */
import { EnvError } from '../errors.ts';
import { type Cause, ObservationWrapper } from '../observation-wrapper.ts';
import type { AnyEnv } from '../part.ts';
import { byKind } from '../spaces/any-space.ts';
import { box, type Box, dict, flattenSpace, type Space, tuple, type Element } from '../spaces.ts';
import { Wrapper } from '../wrapper.ts';
import { checkOptions, checkValue, isCount } from '../wrapping/checks.ts';
import { TimeLimit } from './time-limit.ts';

export class TimeAwareObservation extends ObservationWrapper {
  static override readonly entryPoint = 'TimeAwareObservation';
  private readonly scale: number;
  private readonly place: number;
  private steps = 0;

  constructor(env: AnyEnv, options: { readonly normalizeTime?: boolean; readonly dictTimeKey?: string } = {}) {
    const { normalizeTime = false, dictTimeKey = 'time' } = checkOptions('TimeAwareObservation', options, [
      'normalizeTime',
      'dictTimeKey',
    ]);
    const limit = limitOf(env);
    const time = normalizeTime ? box(0, 1, [1], 'float32') : box(0, limit, [1], 'int32');
    super(env, { normalizeTime, dictTimeKey }, timedSpace(env, dictTimeKey, time));
    this.scale = normalizeTime ? limit : 1;
    this.place = placeOf(env, dictTimeKey);
  }

  protected override observe(from: Float64Array, into: Float64Array, { action }: Cause): void {
    this.steps = action === null ? 0 : this.steps + 1;
    const { place } = this;
    for (let i = 0; i < place; i++) into[i] = from[i]!;
    into[place] = this.scale === 1 ? this.steps : Math.fround(this.steps / this.scale);
    for (let i = place; i < from.length; i++) into[i + 1] = from[i]!;
  }

  protected override saveState(): unknown {
    return this.steps;
  }

  protected override loadState(state: unknown): void {
    this.steps = checkValue(state, isCount);
  }
}

function limitOf(env: AnyEnv): number {
  for (let inner = env; inner instanceof Wrapper; inner = inner.env) {
    if (inner instanceof TimeLimit) return inner.maxEpisodeSteps;
  }
  const limit = env.spec?.maxEpisodeSteps;
  if (typeof limit === 'number') return limit;
  throw new EnvError(`Cannot show the time in ${env.metadata.id}: wrap it in a TimeLimit first`);
}

function timedSpace({ observationSpace }: AnyEnv, key: string, time: Box): Space<Element> {
  const space = byKind(observationSpace);
  if (space.kind !== 'dict') return flattenSpace(tuple([space, time]));
  if (space.keys.includes(key))
    throw new EnvError(`Cannot show the time: there is a part "${key}"; name a dictTimeKey`);
  return flattenSpace(dict({ ...space.spaces, [key]: time } as Record<string, Space<unknown>>));
}

/** Entries before the time. */
function placeOf({ observationSpace }: AnyEnv, key: string): number {
  const space = byKind(observationSpace);
  if (space.kind !== 'dict') return space.size;
  return space.keys.filter((other) => other < key).reduce((sum, other) => sum + space.spaces[other]!.size, 0);
}
