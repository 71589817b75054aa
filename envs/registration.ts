/**
 * Gymnasium's registry: ids `[namespace/]Name[-vN]` to specs. The built-in ids, which are the files under tasks/ and
 * the aliases they declare, need no registration; what `register` adds comes before them.
 */
import { type EnvId, formatEnvId, parseEnvId } from './env-id.ts';
import { importModule, kebabCase } from './entry-point.ts';
import { EnvSpec, type EnvSpecFields } from './env-spec.ts';
import { EnvError } from './errors.ts';
import {
  DeprecatedEnv,
  NameNotFound,
  NamespaceNotFound,
  RegistrationError,
  VersionNotFound,
} from './gymnasium-errors.ts';
import { currentNamespace } from './namespace.ts';
import { nearest } from './nearest.ts';
import { isPythonId } from './python/python-id.ts';
import { listEnvs, loadEnv } from './registry.ts';

type Named = EnvId & { readonly id: string };

const registered = new Map<string, EnvSpec>();
const told = new Set<string>();
let builtIn: Promise<ReadonlyMap<string, EnvSpec>> | null = null;

/**
 * Adds an id, or replaces it, with a warning. A name has versions or none: the two do not mix. Ids that built-in files
 * declare besides their own are known when they are loaded: what they clash with is said when it is looked for.
 */
export function register(given: string, fields: Omit<EnvSpecFields, 'id'>): EnvSpec {
  const id = namespaced(given);
  const spec = new EnvSpec({ ...fields, id });
  if (spec.namespace?.split('/')[0] === 'python') {
    throw new RegistrationError(`Cannot register ${id}: python/ is what Gymnasium in Python knows`);
  }
  const files = listEnvs();
  const rival = rivalOf(spec, [...registered.values(), ...files.map((file) => ({ id: file, ...parseEnvId(file) }))]);
  if (rival !== null) throw mixes(spec, rival);
  if (registered.has(id)) warn(`${id} was registered before and is replaced`);
  else if (files.includes(id)) warn(`${id} is built in and is replaced`);
  registered.set(id, spec);
  return spec;
}

/** One of the same name that has a version where this has none, or none where this has one. */
function rivalOf(spec: Named, others: readonly Named[]): Named | null {
  return others.find((other) => isSameName(other, spec) && isVersioned(other) !== isVersioned(spec)) ?? null;
}

function mixes({ id, name }: Named, rival: Named): EnvError {
  return new RegistrationError(
    `Cannot register ${id}: ${rival.id} is there, and a name has versions or none; make("${name}") gives the newest`,
  );
}

/** The id with the namespace that is open; one of its own gives way, with a warning. */
function namespaced(id: string): string {
  const namespace = currentNamespace();
  if (namespace === null) return id;
  const parts = parseEnvId(id);
  const full = formatEnvId({ ...parts, namespace });
  if (parts.namespace !== null && parts.namespace !== namespace) warn(`${id} is registered as ${full}`);
  return full;
}

/** Everything `make` knows by id. Loads all tasks, the first time. */
export async function registry(): Promise<ReadonlyMap<string, EnvSpec>> {
  return new Map([...(await allBuiltIn()), ...registered]);
}

/** The spec of an id, as written; an unknown one is answered with what comes close. */
export async function spec(id: string): Promise<EnvSpec> {
  return (await specsNear(id)).find((other) => other.id === id) ?? notFound(id);
}

/**
 * As `spec`, with what `make` allows besides: `module:id` imports the module first, a name without its version is the
 * newest one (with a warning), and an older version is warned of.
 */
export async function findSpec(text: string): Promise<EnvSpec> {
  const colon = isPythonId(text) ? -1 : text.lastIndexOf(':'); // Python imports its own modules
  if (colon >= 0) await importModule(text.slice(0, colon));
  const id = text.slice(colon + 1);
  const wanted = parseEnvId(id);
  const near = await specsNear(id);
  const direct = near.find((other) => other.id === id) ?? null;
  const newest = newestVersion(near, wanted);
  if (direct === null && wanted.version === null && newest !== null) {
    warn(`${id} names no version: ${newest.id} is made, the newest`);
    return newest;
  }
  const isOld = direct !== null && newest !== null && newest.version! > direct.version!;
  if (isOld) warn(`${id} is out of date: ${newest.id} is the newest`);
  return direct ?? notFound(id);
}

/** All ids, by namespace, in columns. */
export async function pprintRegistry({ columns = 3 } = {}): Promise<string> {
  const groups = new Map<string, string[]>();
  for (const [id, { namespace, entryPoint }] of await registry()) {
    const group =
      namespace ?? (typeof entryPoint === 'string' && !entryPoint.includes('#') ? 'built-in' : 'registered');
    groups.set(group, [...(groups.get(group) ?? []), id]);
  }
  return [...groups].map(([group, ids]) => `===== ${group} =====\n${inColumns(ids.sort(), columns)}`).join('\n');
}

function inColumns(ids: readonly string[], columns: number): string {
  const width = Math.max(...ids.map((id) => id.length)) + 1;
  const rows = Array.from({ length: Math.ceil(ids.length / columns) }, (_, r) =>
    ids.slice(r * columns, (r + 1) * columns),
  );
  return rows
    .map((row) =>
      row
        .map((id) => id.padEnd(width))
        .join('')
        .trimEnd(),
    )
    .join('\n');
}

/** Where the id, or a version of it, is to be looked for; all tasks are loaded only where no file's name tells. */
async function specsNear(id: string): Promise<EnvSpec[]> {
  if (isPythonId(id)) return [new EnvSpec({ id, entryPoint: id })];
  const wanted = parseEnvId(id);
  const file = [id, kebabCase(wanted.name)].find((name) => listEnvs().includes(name));
  const hinted = file === undefined ? [] : await specsOf(file);
  const tells = registered.has(id) || hinted.some((other) => isSameName(other, wanted));
  const builtIns = tells ? hinted : [...(await allBuiltIn()).values()];
  checkClashes(builtIns.filter((other) => isSameName(other, wanted)));
  return [...new Map([...builtIns, ...registered.values()].map((one) => [one.id, one])).values()];
}

/** What `register` could not know: of every clash with a built-in id once. */
function checkClashes(builtIns: readonly EnvSpec[]): void {
  for (const { id } of builtIns) {
    if (!registered.has(id) || listEnvs().includes(id) || told.has(id)) continue;
    told.add(id);
    warn(`${id} is built in, and what was registered by that id is made in its place`);
  }
  for (const [id, spec] of registered) {
    const rival = rivalOf(spec, builtIns);
    if (rival === null) continue;
    registered.delete(id); // refused, if late
    throw mixes(spec, rival);
  }
}

function newestVersion(specs: readonly EnvSpec[], wanted: EnvId): EnvSpec | null {
  const versions = specs.filter((other) => isSameName(other, wanted) && isVersioned(other));
  return versions.reduce<EnvSpec | null>((best, one) => (best && best.version! > one.version! ? best : one), null);
}

function allBuiltIn(): Promise<ReadonlyMap<string, EnvSpec>> {
  return (builtIn ??= loadBuiltIn());
}

async function loadBuiltIn(): Promise<ReadonlyMap<string, EnvSpec>> {
  const all = new Map<string, EnvSpec>();
  for (const found of (await Promise.all(listEnvs().map(specsOf))).flat()) {
    const other = all.get(found.id);
    if (other !== undefined) {
      throw new RegistrationError(
        `Cannot register ${found.id}: ${String(other.entryPoint)} and ${String(found.entryPoint)} both declare it`,
      );
    }
    all.set(found.id, found);
  }
  return all;
}

/** What one file under tasks/ declares: itself and its aliases. */
async function specsOf(file: string): Promise<EnvSpec[]> {
  const { aliases = [] } = await loadEnv(file);
  return [
    new EnvSpec({ id: file, entryPoint: file }),
    ...aliases.map(({ id, maxEpisodeSteps = null, rewardThreshold = null, options = {} }) => {
      return new EnvSpec({ id, entryPoint: file, maxEpisodeSteps, rewardThreshold, kwargs: { ...options } });
    }),
  ];
}

async function notFound(id: string): Promise<never> {
  const wanted = parseEnvId(id);
  const all = [...(await registry()).values()];
  const act = `Cannot find environment "${id}"`;
  const namespaces = [...new Set(all.map(({ namespace }) => namespace))];
  if (!namespaces.includes(wanted.namespace)) {
    const guess = nearest(wanted.namespace!, [...namespaces.filter((one) => one !== null), 'python']);
    throw new NamespaceNotFound(`${act}: there is no namespace "${wanted.namespace}"${didYouMean(guess)}`);
  }
  const versions = all.filter((other) => isSameName(other, wanted));
  if (versions.length === 0) {
    const guess = nearest(
      id,
      all.map((other) => other.id),
    );
    throw new NameNotFound(`${act}${didYouMean(guess) || '; pprintRegistry() lists all that are known'}`);
  }
  throw versionError(act, wanted, versions);
}

function versionError(act: string, wanted: EnvId, versions: readonly EnvSpec[]): EnvError {
  const newest = versions.reduce((best, one) => ((one.version ?? -1) > (best.version ?? -1) ? one : best));
  if (newest.version === null) return new DeprecatedEnv(`${act}: it has no versions, use "${newest.id}"`);
  if (wanted.version !== null && wanted.version < newest.version) {
    return new DeprecatedEnv(`${act}: v${wanted.version} is no longer there, use "${newest.id}"`);
  }
  const list = versions.map(({ version }) => `v${version}`).join(', ');
  return new VersionNotFound(`${act}: there is ${list} of ${formatEnvId({ ...wanted, version: null })}`);
}

function didYouMean(guess: string | null): string {
  return guess === null ? '' : `; did you mean "${guess}"?`;
}

function isSameName(a: EnvId, b: EnvId): boolean {
  return a.namespace === b.namespace && a.name === b.name;
}

function isVersioned({ version }: EnvId): boolean {
  return version !== null;
}

function warn(message: string): void {
  process.emitWarning(message, 'EnvWarning');
}
