/**
 * Gymnasium's FilterObservation: some parts of a Dict (by key) or of a Tuple (by index). Parts of a Tuple come in the
 * order in which they are named, those of a Dict in that of the Dict.
 */
import { EnvError } from '../errors.ts';
import { suggest } from '../nearest.ts';
import { ObservationWrapper } from '../observation-wrapper.ts';
import type { AnyEnv } from '../part.ts';
import { byKind } from '../spaces/any-space.ts';
import { dict, type Element, type Space, tuple } from '../spaces.ts';
import { checkOptions } from '../wrapping/checks.ts';

type Keys = readonly (string | number)[];
interface Parts {
  readonly names: Keys;
  readonly spaces: readonly Space<unknown>[];
}

export class FilterObservation extends ObservationWrapper {
  static override readonly entryPoint = 'FilterObservation';
  /** Entries of the old flat form, in the order of the new one. */
  private readonly entries: readonly number[];

  constructor(env: AnyEnv, options: { readonly filterKeys: Keys }) {
    const { filterKeys } = checkOptions('FilterObservation', options, ['filterKeys']);
    const parts = partsOf(env);
    const picked = pick(parts, filterKeys, env.observationSpace.kind === 'dict');
    super(env, { filterKeys }, filteredSpace(env, parts, picked));
    const starts = parts.spaces.map((_, p) => parts.spaces.slice(0, p).reduce((sum, { size }) => sum + size, 0));
    this.entries = picked.flatMap((p) => Array.from({ length: parts.spaces[p]!.size }, (_, i) => starts[p]! + i));
  }

  protected override observe(from: Float64Array, into: Float64Array): void {
    for (let i = 0; i < into.length; i++) into[i] = from[this.entries[i]!]!;
  }
}

function partsOf({ observationSpace }: AnyEnv): Parts {
  const space = byKind(observationSpace);
  if (space.kind === 'dict') return { names: space.keys, spaces: space.keys.map((key) => space.spaces[key]!) };
  if (space.kind === 'tuple') return { names: space.spaces.map((_, i) => i), spaces: space.spaces };
  throw new EnvError(`Cannot filter observations: the space must be a Dict or a Tuple, it is ${space}`);
}

/** Places of the parts that stay. */
function pick({ names }: Parts, keys: Keys, isDict: boolean): number[] {
  const refuse = (what: string): never => {
    throw new EnvError(`Cannot filter observations: ${what}`);
  };
  if (!Array.isArray(keys) || keys.length === 0) refuse('filterKeys must list what stays');
  if (new Set(keys).size < keys.length) refuse(`filterKeys lists a part twice: ${keys.join(', ')}`);
  const unknown = keys.find((key) => !names.includes(key));
  if (unknown !== undefined) refuse(`there is no part "${unknown}", ${suggest(String(unknown), names.map(String))}`);
  const places = keys.map((key) => names.indexOf(key));
  return isDict ? places.sort((a, b) => a - b) : places;
}

function filteredSpace({ observationSpace }: AnyEnv, { names, spaces }: Parts, picked: number[]): Space<Element> {
  if (observationSpace.kind === 'tuple') return tuple(picked.map((p) => spaces[p]!));
  return dict(picked.map((p) => [String(names[p]), spaces[p]!] as const));
}
