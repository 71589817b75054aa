export const PYTHON_PREFIX = 'python/';

/** Does the id name an environment of Gymnasium, in Python? `python/task.ts` is somebody's file. */
export const isPythonId = (id: string): boolean =>
  typeof id === 'string' && id.startsWith(PYTHON_PREFIX) && !/\.[cm]?[jt]s(:|$)/.test(id);
