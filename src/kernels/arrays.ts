/** The learner's named arrays over compiled memory: what is owed to theta and its traces is paid before any is seen. */
import type { LearnerParts, LearnerSettings } from '../learner.ts';
import type { Stateful } from '../types.ts';
import type { Layout } from './layout.ts';
import type { Kernels } from './module.ts';
import { readStorage, type Storage, writeStorage } from './storage.ts';

interface Needs {
  readonly storage: Layout['storage'];
  readonly outputAt: Layout['outputAt'];
  readonly parts: LearnerParts;
  readonly settings: LearnerSettings;
  readonly kernels: Kernels;
  readonly memory: WebAssembly.Memory;
  readonly time: Float64Array; // [1] steps taken, the host's own
  readonly arrays: Stateful['arrays'];
}

interface Access {
  read(into: Float64Array): void;
  write(from: Float64Array): void;
}

export function compiledArrays({ storage, outputAt, parts, settings, kernels, memory, time, arrays }: Needs): Stateful {
  const view = new DataView(memory.buffer);
  const { globals } = kernels;
  const global = (name: string): number => globals[name]!.value as number;
  const stored = storage(global, (address) => view.getUint32(address, true));
  const learns = settings.learning !== false;
  const hosts: Record<string, Access> = {
    'learner.time': {
      read: (into) => into.set(time),
      write(from) {
        time.set(from);
        globals['begun']!.value = from[0]! > 0 ? 1 : 0;
      },
    },
    'learner.skipped': { read: (into) => into.fill(0), write: () => undefined }, // it stops instead
    'estimator.count': {
      read: (into) => (into[0] = global('lived')),
      write: (from) => (globals['lived']!.value = from[0]!),
    },
    'features.frozen': frozen(view, [global('rate'), global('floors')], parts.cell.readout.length, {
      learns,
      at: outputAt,
      ...(parts.features.kernel?.normalised ?? NONE),
    }),
    'inputs.frozen': frozen(view, [global('inputRate'), global('inputFloors')], parts.cell.inputSize, {
      learns,
      at: (i) => i,
      ...(parts.inputs?.kernel ?? NONE),
    }),
  };
  const access = (name: string): Access => {
    const host = hosts[name];
    if (host) return host;
    if (arrays[name] === 0) return EMPTY;
    const found: Storage | undefined = stored[name];
    if (!found) throw new RangeError(`Cannot find array "${name}": known are ${Object.keys(arrays).join(', ')}`);
    return {
      read: (into) => readStorage(found, view, into),
      write: (from) => writeStorage(found, view, from),
    };
  };
  return {
    arrays,
    read(name, into) {
      kernels.flush();
      access(name).read(into);
    },
    write(name, from) {
      kernels.flush();
      access(name).write(from);
      globals['swiftKnown']!.value = 0; // what follows from the arrays is made anew
    },
    reset: () => kernels.begin(),
  };
}

const EMPTY: Access = { read: () => undefined, write: () => undefined };

const NONE = { rate: 1, floor: 0 };

interface Statistics {
  readonly learns: boolean;
  readonly at: (i: number) => number; // where an entry lies
  readonly rate: number;
  readonly floor: number;
}

/** A frozen entry, and each of a learner that does not learn, has beta 1 and floor 0 in memory; flags are kept here. */
function frozen(
  view: DataView,
  [rates, floors]: readonly [number, number],
  length: number,
  { learns, at, rate, floor }: Statistics,
): Access {
  const flags = new Float64Array(length);
  const write = (from: Float64Array): void => {
    flags.set(from);
    for (let i = 0; i < length; i++) {
      const moves = learns && flags[i] === 0;
      view.setFloat64(rates + 8 * at(i), moves ? rate : 1, true);
      view.setFloat64(floors + 8 * at(i), moves ? floor : 0, true);
    }
  };
  return { read: (into) => into.set(flags), write };
}
