import { isPythonId } from '@rl-tools/envs';

/** Whether an id is the path of a file of the user's own. */
export const isPath = (id: string): boolean => !isPythonId(id) && /^[./~]|[\\/]|\.[cm]?[jt]s$/.test(id);
