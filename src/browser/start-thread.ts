/** In the place of src/kernels/start-thread.ts: a learner in a browser runs on one thread. */
import { UserError } from '../user-error.ts';

export function startThread(): never {
  throw new UserError('Cannot run on two threads in a browser: use threads 1');
}
