/** Gymnasium's ReshapeObservation: the same numbers, row-major as ever, under another shape of the Box. */
import { asJson } from '../guard.ts';
import { EnvError } from '../errors.ts';
import { ObservationWrapper } from '../observation-wrapper.ts';
import type { AnyEnv } from '../part.ts';
import { openBounds } from '../spaces/box.ts';
import { box } from '../spaces.ts';
import { checkOptions, demandBox } from '../wrapping/checks.ts';

export class ReshapeObservation extends ObservationWrapper {
  static override readonly entryPoint = 'ReshapeObservation';

  constructor(env: AnyEnv, options: { readonly shape: readonly number[] }) {
    const { shape } = checkOptions('ReshapeObservation', options, ['shape']);
    const given = demandBox('reshape observations', env.observationSpace);
    const isShape = Array.isArray(shape) && shape.every((side) => Number.isSafeInteger(side) && side > 0);
    if (!isShape || shape.reduce((size, side) => size * side, 1) !== given.size) {
      throw new EnvError(
        `Cannot reshape observations: shape must list positive integers with the product ${given.size}, got ${asJson(shape)}`,
      );
    }
    super(env, { shape: [...shape] }, box(...openBounds(given), shape, given.dtype));
  }

  protected override observe(from: Float64Array, into: Float64Array): void {
    into.set(from);
  }
}
