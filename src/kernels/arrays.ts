/** The learner's named arrays over compiled memory: what is owed to theta and its traces is paid before any is seen. */
import type { LearnerParts, LearnerSettings } from '../learner.ts';
import type { Stateful } from '../types.ts';
import type { Layout } from './layout.ts';
import type { Kernels } from './module.ts';
import { readStorage, type Storage, writeStorage } from './storage.ts';

interface Needs {
  readonly storage: Layout['storage'];
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

export function compiledArrays({ storage, parts, settings, kernels, memory, time, arrays }: Needs): Stateful {
  const view = new DataView(memory.buffer);
  const { globals } = kernels;
  const global = (name: string): number => globals[name]!.value as number;
  const stored = storage(global, (address) => view.getUint32(address, true));
  const beta = settings.learning === false ? () => 1 : (rate: number) => rate;
  const hosts: Record<string, Access> = {
    'learner.time': {
      read: (into) => into.set(time),
      write(from) {
        time.set(from);
        globals['begun']!.value = from[0]! > 0 ? 1 : 0;
      },
    },
    'estimator.count': {
      read: (into) => (into[0] = global('lived')),
      write: (from) => (globals['lived']!.value = from[0]!),
    },
    'features.frozen': frozen(
      view,
      global('rate'),
      parts.cell.readout.length,
      beta(parts.features.kernel?.normalised?.rate ?? 1),
    ),
    'inputs.frozen': frozen(view, global('inputRate'), parts.cell.inputSize, beta(parts.inputs?.rate ?? 1)),
  };
  const access = (name: string): Access => {
    const host = hosts[name];
    if (host) return host;
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
    },
    reset: () => kernels.begin(),
  };
}

/** A frozen entry has beta = 1 in memory; what was asked for is kept here. */
function frozen(view: DataView, address: number, length: number, rate: number): Access {
  const flags = new Float64Array(length);
  const write = (from: Float64Array): void => {
    flags.set(from);
    for (let i = 0; i < length; i++) view.setFloat64(address + 8 * i, flags[i] === 0 ? rate : 1, true);
  };
  return { read: (into) => into.set(flags), write };
}
