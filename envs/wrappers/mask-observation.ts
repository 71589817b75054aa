/** Some entries of the (flat) observation only, in the order given: a masked CartPole sees no velocities. */
import { asJson } from '../guard.ts';
import { EnvError } from '../errors.ts';
import { ObservationWrapper } from '../observation-wrapper.ts';
import type { AnyEnv } from '../part.ts';
import type { Box } from '../spaces/box.ts';
import { box, flattenSpace } from '../spaces.ts';
import { checkOptions, demandFlat } from '../wrapping/checks.ts';

export class MaskObservation extends ObservationWrapper {
  static override readonly entryPoint = 'MaskObservation';
  private readonly keep: readonly number[];

  constructor(env: AnyEnv, options: { readonly keep: readonly number[] }) {
    const { keep } = checkOptions('MaskObservation', options, ['keep']);
    super(env, { keep }, maskSpace(env, keep));
    this.keep = [...keep];
  }

  protected override observe(from: Float64Array, into: Float64Array): void {
    for (let i = 0; i < into.length; i++) into[i] = from[this.keep[i]!]!;
  }
}

function maskSpace({ observationSpace }: AnyEnv, keep: readonly number[]): Box {
  demandFlat('mask observations', observationSpace);
  const { low, high, size, dtype } = flattenSpace(observationSpace) as unknown as Box;
  const isGood = Array.isArray(keep) && keep.length > 0 && new Set(keep).size === keep.length;
  if (!isGood || !keep.every((i) => Number.isInteger(i) && i >= 0 && i < size)) {
    const needed = `keep must list different entries of 0 to ${size - 1}`;
    throw new EnvError(`Cannot mask observations: ${needed}, got ${asJson(keep)}`);
  }
  const pick = (bounds: Float64Array): number[] => keep.map((i) => bounds[i]!);
  return box(pick(low), pick(high), [keep.length], dtype);
}
