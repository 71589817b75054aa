/** Gymnasium's TransformAction: what `func` makes of each action of `actionSpace` is what the environment is given. */
import { ActionWrapper } from '../action-wrapper.ts';
import { EnvError } from '../errors.ts';
import { describe } from '../guard.ts';
import type { AnyEnv } from '../part.ts';
import type { Space, Element } from '../spaces.ts';
import type { AnyAction } from '../wrapper.ts';
import { checkOptions } from '../wrapping/checks.ts';

export interface TransformActionOptions {
  readonly func: (action: never) => AnyAction;
  /** Default: the environment's. */
  readonly actionSpace?: Space<Element>;
}

export class TransformAction extends ActionWrapper {
  static override readonly entryPoint = 'TransformAction';
  private readonly func: (action: never) => AnyAction;

  constructor(env: AnyEnv, options: TransformActionOptions) {
    checkOptions('TransformAction', options, ['func', 'actionSpace']);
    super(env, options, options.actionSpace);
    if (typeof options.func !== 'function') {
      throw new EnvError(`Cannot transform actions: func must be a function, got ${describe(options.func)}`);
    }
    this.func = options.func;
  }

  protected override action(action: AnyAction): AnyAction {
    return this.func(action as never);
  }
}
