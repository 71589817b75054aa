/** What `make` needs to make an environment: id, entry point, options, and the wrappers around it. */
import { type EnvId, parseEnvId } from './env-id.ts';
import { EnvError } from './errors.ts';
import { describe } from './guard.ts';
import { suggest } from './nearest.ts';
import type { AnyEnv } from './part.ts';
import type { VectorEnv } from './vector/vector-env.ts';

/** Options of an environment, by name. */
export type Kwargs = Readonly<Record<string, unknown>>;
/** A task's id, `module#export`, a function that makes the environment, or its class. */
export type EntryPoint = string | ((kwargs: Kwargs) => AnyEnv | Promise<AnyEnv>) | (new (kwargs: Kwargs) => AnyEnv);
/** `module#export`, a function that makes the vector, or its class; it is given `numEnvs` beside the other options. */
export type VectorEntryPoint =
  string | ((kwargs: VectorKwargs) => VectorEnv | Promise<VectorEnv>) | (new (kwargs: VectorKwargs) => VectorEnv);
/** The same, with how many environments there are to be. */
export type VectorKwargs = Kwargs & { readonly numEnvs: number };
/** A class whose constructor takes the environment and its own options. */
export type WrapperClass = new (env: AnyEnv, kwargs: never) => AnyEnv;

/** A wrapper that was applied. */
export interface WrapperSpec {
  /** Of its class. */
  readonly name: string;
  /** Name of a built-in wrapper, `module#export`, or the class. */
  readonly entryPoint: string | WrapperClass;
  /** Second argument of its constructor; null where it did not record it: then it cannot be made again. */
  readonly kwargs: object | null;
}

/** What `register` takes: an id and how to make what it names. The rest has the defaults of Gymnasium. */
export interface EnvSpecFields {
  /** `[namespace/]name[-vN]`. */
  readonly id: string;
  /** May be left out where there is one for vectors. */
  readonly entryPoint?: EntryPoint | null;
  /** Makes n environments as one, in place of n of them: a vector of one's own, for `makeVec`. */
  readonly vectorEntryPoint?: VectorEntryPoint | null;
  /** Return at which the task counts as solved; nothing uses it. Default null. */
  readonly rewardThreshold?: number | null;
  /** True where seed and actions do not fix what happens. */
  readonly nondeterministic?: boolean;
  /** Steps after which a TimeLimit truncates the episode; null, the default: none. */
  readonly maxEpisodeSteps?: number | null;
  /** Whether `make` puts an OrderEnforcing around it. Default true. */
  readonly orderEnforce?: boolean;
  /** Whether `make` leaves PassiveEnvChecker away. Default false. */
  readonly disableEnvChecker?: boolean;
  /** Options that the entry point is given, before those of `make`. */
  readonly kwargs?: Kwargs;
  /** Wrappers that `make` puts around it, the innermost first. */
  readonly additionalWrappers?: readonly WrapperSpec[];
}

const defaults = {
  entryPoint: null,
  vectorEntryPoint: null,
  rewardThreshold: null,
  nondeterministic: false,
  maxEpisodeSteps: null,
  orderEnforce: true,
  disableEnvChecker: false,
  kwargs: {},
  additionalWrappers: [],
};
const fieldNames = ['id', ...Object.keys(defaults)];

/** Never changes; `with` makes another. JSON.stringify writes it, `EnvSpec.fromJSON` reads it. */
export class EnvSpec implements Required<EnvSpecFields>, EnvId {
  readonly id: string;
  readonly entryPoint: EntryPoint | null;
  readonly vectorEntryPoint: VectorEntryPoint | null;
  readonly rewardThreshold: number | null;
  readonly nondeterministic: boolean;
  readonly maxEpisodeSteps: number | null;
  readonly orderEnforce: boolean;
  readonly disableEnvChecker: boolean;
  readonly kwargs: Kwargs;
  readonly additionalWrappers: readonly WrapperSpec[];
  /** As parsed from the id; null: none. */
  readonly namespace: string | null;
  /** The id without namespace and version. */
  readonly name: string;
  /** As parsed from the id; null: none. */
  readonly version: number | null;

  /** Throws an EnvError that names the field where one is wrong or unknown. */
  constructor(fields: EnvSpecFields) {
    const all = { ...defaults, ...fields };
    check(all);
    this.id = all.id;
    this.entryPoint = all.entryPoint;
    this.vectorEntryPoint = all.vectorEntryPoint;
    this.rewardThreshold = all.rewardThreshold;
    this.nondeterministic = all.nondeterministic;
    this.maxEpisodeSteps = all.maxEpisodeSteps;
    this.orderEnforce = all.orderEnforce;
    this.disableEnvChecker = all.disableEnvChecker;
    this.kwargs = { ...all.kwargs };
    this.additionalWrappers = [...all.additionalWrappers];
    ({ namespace: this.namespace, name: this.name, version: this.version } = parseEnvId(all.id));
  }

  /** Another spec, with these fields instead. */
  with(change: Partial<EnvSpecFields>): EnvSpec {
    return new EnvSpec({ ...this.fields(), ...change });
  }

  /** Plain data; refuses what JSON would lose: functions, classes, typed arrays, NaN. */
  toJSON(): Required<EnvSpecFields> {
    const fields = this.fields();
    const lost = lostInJson(fields, '');
    if (lost !== null) throw new EnvError(`Cannot write the spec of ${this.id} as JSON: ${lost}`);
    return fields;
  }

  /** From what JSON.stringify wrote, or from the object itself; what is none is an EnvError. */
  static fromJSON(json: string | object): EnvSpec {
    const read = typeof json === 'string' ? parse(json) : json;
    if (typeof read !== 'object' || read === null || Array.isArray(read)) {
      throw new EnvError(`Cannot read an EnvSpec: an object is needed, got ${describe(read)}`);
    }
    return new EnvSpec(read as EnvSpecFields);
  }

  private fields(): Required<EnvSpecFields> {
    const { id, entryPoint, vectorEntryPoint, rewardThreshold, nondeterministic, maxEpisodeSteps } = this;
    const { orderEnforce, disableEnvChecker, kwargs, additionalWrappers } = this;
    const first = { id, entryPoint, vectorEntryPoint, rewardThreshold, nondeterministic, maxEpisodeSteps };
    return { ...first, orderEnforce, disableEnvChecker, kwargs, additionalWrappers };
  }
}

/** Files and callers without TypeScript are held to the types too. */
function check(fields: Required<EnvSpecFields>): void {
  const refuse = (what: string): never => {
    throw new EnvError(`Cannot make an EnvSpec of ${JSON.stringify(fields.id) ?? 'no id'}: ${what}`);
  };
  const unknown = Object.keys(fields).find((key) => !fieldNames.includes(key));
  if (unknown !== undefined) refuse(`unknown field "${unknown}", ${suggest(unknown, fieldNames)}`);
  const rules: readonly (readonly [keyof EnvSpecFields, boolean, string])[] = [
    ['id', typeof fields.id === 'string', 'text'],
    ['entryPoint', isEntryPoint(fields.entryPoint, fields.vectorEntryPoint), 'text or a function'],
    ['vectorEntryPoint', isEntryPoint(fields.vectorEntryPoint, true), 'text, a function or null'],
    ['rewardThreshold', fields.rewardThreshold === null || Number.isFinite(fields.rewardThreshold), 'a number or null'],
    ['maxEpisodeSteps', isLimit(fields.maxEpisodeSteps), 'a positive integer or null'],
    ['nondeterministic', typeof fields.nondeterministic === 'boolean', 'true or false'],
    ['orderEnforce', typeof fields.orderEnforce === 'boolean', 'true or false'],
    ['disableEnvChecker', typeof fields.disableEnvChecker === 'boolean', 'true or false'],
    ['kwargs', isRecord(fields.kwargs), 'an object'],
    ['additionalWrappers', isWrapperList(fields.additionalWrappers), 'a list of { name, entryPoint, kwargs }'],
  ];
  for (const [key, ok, needed] of rules) if (!ok) refuse(`${key} must be ${needed}, got ${describe(fields[key])}`);
}

/** It may be missing where there is another. */
function isEntryPoint(entryPoint: unknown, other: unknown): boolean {
  return ['string', 'function'].includes(typeof entryPoint) || (entryPoint === null && other !== null);
}

function isLimit(steps: number | null): boolean {
  return steps === null || (Number.isSafeInteger(steps) && steps > 0);
}

function isWrapperList(list: readonly WrapperSpec[]): boolean {
  const isFine = (spec: WrapperSpec): boolean =>
    isRecord(spec) &&
    typeof spec.name === 'string' &&
    ['string', 'function'].includes(typeof spec.entryPoint) &&
    (spec.kwargs === null || isRecord(spec.kwargs));
  return Array.isArray(list) && list.every(isFine);
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new EnvError(`Cannot read an EnvSpec: the text is not JSON: ${text.slice(0, 40)}`);
  }
}

/** The first thing that would not come back from JSON as it is, in words; null where all does. */
function lostInJson(value: unknown, path: string): string | null {
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)) return null;
  const isPlain = Array.isArray(value) || (isRecord(value) && Object.getPrototypeOf(value) === Object.prototype);
  if (!isPlain) {
    const what = typeof value === 'function' ? 'a function' : describe(value);
    return `${path.slice(1)} is ${what}; text, numbers, booleans, arrays and plain objects come back`;
  }
  for (const [key, inner] of Object.entries(value as object)) {
    const lost = lostInJson(inner, `${path}.${key}`);
    if (lost !== null) return lost;
  }
  return null;
}
