/**
 * POPGym's PreviousAction: the observation, then the action that led to it (one-hot where it is Discrete). After a reset
 * that is `nullAction`: 0, or zeros, where the action space allows it, else its least action. A reset and a step with
 * that action then look alike, which Antialias undoes.
 */
import { EnvError } from '../errors.ts';
import { type Cause, ObservationWrapper } from '../observation-wrapper.ts';
import type { AnyEnv } from '../part.ts';
import { byKind } from '../spaces/any-space.ts';
import { flattenSpace, tuple } from '../spaces.ts';
import type { AnyAction } from '../wrapper.ts';
import { checkOptions } from '../wrapping/checks.ts';

export class PreviousAction extends ObservationWrapper {
  static override readonly entryPoint = 'PreviousAction';
  private readonly nullAction: AnyAction;
  private readonly flat: Float64Array;

  constructor(env: AnyEnv, options: { nullAction?: number | readonly number[] } = {}) {
    checkOptions('PreviousAction', options, ['nullAction']);
    super(env, options, flattenSpace(tuple([env.observationSpace, env.actionSpace])));
    this.flat = new Float64Array(env.actionSpace.size);
    const given = options.nullAction;
    const asked = Array.isArray(given) ? Float64Array.from(given as number[]) : given;
    this.nullAction = asked === undefined ? leastAction(env) : (asked as AnyAction);
    if (env.actionSpace.contains(this.nullAction)) return;
    throw new EnvError(`Cannot show previous actions: the null action ${String(given)} is not in ${env.actionSpace}`);
  }

  protected override observe(from: Float64Array, into: Float64Array, { action }: Cause): void {
    into.set(from);
    this.env.actionSpace.flatten(action ?? this.nullAction, this.flat);
    into.set(this.flat, from.length);
  }
}

function leastAction({ actionSpace }: AnyEnv): AnyAction {
  const space = byKind(actionSpace);
  if (space.kind === 'discrete') return space.contains(0) ? 0 : space.start;
  if (space.kind !== 'box') throw new EnvError(`Cannot show previous actions: name the nullAction of ${actionSpace}`);
  const zeros = new Float64Array(space.size);
  return space.contains(zeros) ? zeros : Float64Array.from(space.low);
}
