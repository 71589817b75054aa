import { EnvError } from '../errors.ts';
import { defineEnv, type EnvPart } from '../part.ts';
import { pythonOptions } from './options.ts';
import { PythonEnv } from './python-env.ts';
import { PYTHON_PREFIX } from './python-id.ts';

/** The part behind `python/<what gymnasium.make takes>`. */
export function pythonPart(id: string): EnvPart<typeof pythonOptions> {
  const name = id.slice(PYTHON_PREFIX.length);
  if (name === '') throw new EnvError(`Cannot find environment "${id}": name one of Gymnasium's, python/CartPole-v1`);
  return defineEnv({
    cite: null,
    summary: `${name} of Gymnasium, in a Python process`,
    options: pythonOptions,
    create: (options) => new PythonEnv(name, options),
  });
}
