/** Gymnasium's ClipAction: any vector is an action; what lies outside the Box of the environment is cut to it. */
import { ActionWrapper } from '../action-wrapper.ts';
import { illegalAction } from '../illegal-action.ts';
import type { AnyEnv } from '../part.ts';
import { box, type Box } from '../spaces.ts';
import type { AnyAction } from '../wrapper.ts';
import { checkOptions, demandBox } from '../wrapping/checks.ts';

export class ClipAction extends ActionWrapper {
  static override readonly entryPoint = 'ClipAction';
  private readonly given: Box;
  private readonly clipped: Float64Array;

  constructor(env: AnyEnv, options: object = {}) {
    const given = demandBox('clip actions', env.actionSpace);
    super(env, checkOptions('ClipAction', options, []), box(-Infinity, Infinity, given.shape));
    this.given = given;
    this.clipped = new Float64Array(given.size);
  }

  protected override action(action: AnyAction): AnyAction {
    const { low, high } = this.given;
    const wanted = action as Float64Array;
    if (wanted?.length !== low.length) throw illegalAction(this.metadata.id, action, this.actionSpace);
    for (let i = 0; i < low.length; i++) this.clipped[i] = Math.min(high[i]!, Math.max(low[i]!, wanted[i]!));
    return this.clipped;
  }
}
