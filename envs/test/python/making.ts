import { afterAll, afterEach, beforeAll } from 'vitest';
import type { PythonOptions } from '../../python/options.ts';
import { PythonEnv } from '../../python/python-env.ts';
import { here } from './pythons.ts';

/** For a test file: the modules beside it can be imported in Python, and what is made is closed after each test. */
export function making(): (id: string, options?: PythonOptions) => PythonEnv {
  const made: PythonEnv[] = [];
  afterEach(() => made.splice(0).forEach((env) => env.close()));
  const path = process.env['PYTHONPATH'];
  beforeAll(() => void (process.env['PYTHONPATH'] = here));
  afterAll(() => {
    if (path === undefined) delete process.env['PYTHONPATH'];
    else process.env['PYTHONPATH'] = path;
  });
  return (id, options = {}) => {
    const env = new PythonEnv(id, options);
    made.push(env);
    return env;
  };
}
