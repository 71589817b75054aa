import type { VectorKwargs } from '../env-spec.ts';
import { SyncVectorEnv } from '../vector/sync-vector-env.ts';
import { Pulse } from './pulse.ts';

/** A vector to be named by its file. */
export class PulseVector extends SyncVectorEnv {
  constructor({ numEnvs }: VectorKwargs) {
    super(Array.from({ length: numEnvs }, () => () => new Pulse()));
  }
}
