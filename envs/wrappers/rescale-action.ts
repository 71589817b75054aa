/** Gymnasium's RescaleAction: actions in [min, max], along straight lines, become those of the environment's Box. */
import { ActionWrapper } from '../action-wrapper.ts';
import { InvalidBound } from '../gymnasium-errors.ts';
import { illegalAction } from '../illegal-action.ts';
import type { AnyEnv } from '../part.ts';
import type { Box } from '../spaces.ts';
import type { AnyAction } from '../wrapper.ts';
import { type Affine, rescale } from '../wrapping/affine.ts';
import { checkOptions, demandBox } from '../wrapping/checks.ts';
import type { RescaleOptions } from './rescale-observation.ts';

export class RescaleAction extends ActionWrapper {
  static override readonly entryPoint = 'RescaleAction';
  private readonly line: Affine;
  private readonly given: Box;
  private readonly scaled: Float64Array;

  constructor(env: AnyEnv, options: RescaleOptions) {
    const { min, max } = checkOptions('RescaleAction', options, ['min', 'max']);
    const given = demandBox('rescale actions', env.actionSpace);
    const line = rescale('rescale actions', given, min, max);
    super(env, { min, max }, line.space);
    if (line.gradient.includes(0)) {
      throw new InvalidBound('Cannot rescale actions: min must be below max, a single point cannot be taken back');
    }
    this.line = line;
    this.given = given;
    this.scaled = new Float64Array(given.size);
  }

  protected override action(action: AnyAction): AnyAction {
    const { gradient, intercept } = this.line;
    const { low, high } = this.given;
    const wanted = action as Float64Array;
    if (wanted?.length !== low.length) throw illegalAction(this.metadata.id, action, this.actionSpace);
    for (let i = 0; i < this.scaled.length; i++) {
      // Rounding may leave the bounds by an ulp.
      const value = (wanted[i]! - intercept[i]!) / gradient[i]!;
      const isInside = wanted[i]! >= this.line.space.low[i]! && wanted[i]! <= this.line.space.high[i]!;
      this.scaled[i] = isInside ? Math.min(high[i]!, Math.max(low[i]!, value)) : value;
    }
    return this.scaled;
  }
}
