/**
 * Gymnasium's DtypeObservation. A dtype is a tag here: elements stay Float64Arrays, whose numbers become those that the
 * dtype holds. float32 rounds to single precision, an integer dtype drops what stands behind the point, bool makes 1 of
 * all but 0; so do the bounds of a Box, which must lie in the range of the dtype. An observation beyond its bounds is cut
 * at that range, where NumPy wraps.
 *
 * As there, a Discrete becomes a Box of the number itself (shape [], one entry in place of its one-hot form), a
 * MultiBinary a Box of 0 and 1; a MultiDiscrete keeps its kind, and takes integer dtypes up to int32.
 */
import { asJson } from '../guard.ts';
import { EnvError } from '../errors.ts';
import { ObservationWrapper } from '../observation-wrapper.ts';
import type { AnyEnv } from '../part.ts';
import { byKind } from '../spaces/any-space.ts';
import { openBounds } from '../spaces/box.ts';
import { castTo, dtypes, dtypeTraits, isWhole } from '../spaces/dtype.ts';
import { nest } from '../spaces/nested.ts';
import { box, type DType, type Element, multiDiscrete, type Space } from '../spaces.ts';
import { suggest } from '../nearest.ts';
import { checkOptions } from '../wrapping/checks.ts';

export class DtypeObservation extends ObservationWrapper {
  static override readonly entryPoint = 'DtypeObservation';
  private readonly start: number | null; // of a Discrete
  private readonly dtype: DType;

  constructor(env: AnyEnv, options: { readonly dtype: DType }) {
    const { dtype } = checkOptions('DtypeObservation', options, ['dtype']);
    super(env, { dtype }, castSpace(env.observationSpace, dtype));
    const given = byKind(env.observationSpace);
    this.start = given.kind === 'discrete' ? given.start : null;
    this.dtype = dtype;
  }

  protected override observe(from: Float64Array, into: Float64Array): void {
    if (this.start !== null) into[0] = held(this.dtype, this.start + from.indexOf(1));
    else for (let i = 0; i < from.length; i++) into[i] = held(this.dtype, from[i]!);
  }
}

/** As castTo, with values beyond the range cut. */
function held(dtype: DType, value: number): number {
  if (dtype === 'bool' || !isWhole(dtype)) return castTo(dtype, value);
  const { min, max } = dtypeTraits(dtype);
  return Math.min(max, Math.max(min, castTo(dtype, value))) + 0; // integers have no -0
}

function castSpace(space: Space<unknown>, dtype: DType): Space<Element> {
  const given = byKind(space);
  const act = 'Cannot change the dtype of observations';
  if (!dtypes.includes(dtype))
    throw new EnvError(`${act}: unknown dtype ${asJson(dtype)}, ${suggest(String(dtype), dtypes)}`);
  const { min, max } = dtypeTraits(dtype);
  // What is out of range is left for the Box to refuse.
  const bound = (value: number): number => (min <= value && value <= max ? held(dtype, value) : value);
  switch (given.kind) {
    case 'box': {
      const [low, high] = openBounds(given);
      return box(low.map(bound), high.map(bound), given.shape, dtype);
    }
    case 'discrete':
      return box(bound(given.start), bound(given.start + given.n - 1), [], dtype);
    case 'multi-discrete':
      return multiDiscrete(nest(given.nvec, given.shape) as [], {
        start: nest(given.start, given.shape) as [],
        dtype,
      });
    case 'multi-binary':
      return box(0, 1, given.shape, dtype);
    default:
      throw new EnvError(`${act}: the space must be a Box, Discrete, MultiDiscrete or MultiBinary, it is ${space}`);
  }
}
