/** Another program that does the same learning step. */
import type { Effort } from './effort.ts';
import type { RatioName } from './entry.ts';
import type { Rule } from './recipes.ts';

export interface Task {
  readonly columns: number;
  readonly inputs: number;
  readonly rule: Rule;
}

export interface Peer {
  readonly name: RatioName;
  /** ns per step; null where the peer does not do this task or is not there. */
  measure(task: Task): Promise<number | null>;
  close(): void;
}

/** How long a peer looks, as its options. */
export function looking({ rounds, sampleMs }: Effort): string[] {
  return ['--rounds', String(rounds), '--milliseconds', String(sampleMs)];
}
