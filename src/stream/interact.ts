/**
 * interact(env, options): the stream of an environment's steps, in chunks.
 *
 *   |--[256 steps]--[256 steps]--...--[rest]-|
 *
 * Cold: every subscription lives from the seed, one at a time, since all of them step the same environment. A chunk is valid until the next emission; `copyChunk`
 * keeps one. Steps are produced inside the Observable, in slices of about ten milliseconds between which the event
 * loop turns, so that signals and servers live. No scheduler and no flattening operator on the way.
 */
import type { AnyEnv } from '@rl-tools/envs';
import { Observable } from 'rxjs';
import type { StepChunk } from '../chunk.ts';
import { createInteraction, type Interaction, type InteractOptions } from '../interaction.ts';
import { nextTurn } from '../next-turn.ts';

const SLICE = 10; // milliseconds between two turns of the event loop

export function interact(env: AnyEnv, options: InteractOptions): Observable<StepChunk> {
  return new Observable((subscriber) => {
    return chunks(createInteraction(env, options)).subscribe(subscriber);
  });
}

/** Who may hold a stream between two chunks. */
export interface Gate {
  /** Steps that may be lived now, of a chunk at most; 0: none until `go` of `wait` is called. */
  next(): number;
  wait(go: () => void): void;
}

/** The same from an interaction that already stands somewhere, such as one restored from a checkpoint. */
export function chunks(interaction: Interaction, gate?: Gate): Observable<StepChunk> {
  return new Observable((subscriber) => {
    let callOff: (() => void) | undefined;
    const slice = (): void => {
      const until = performance.now() + SLICE;
      try {
        while (!subscriber.closed && performance.now() < until) {
          const most = gate?.next() ?? Infinity;
          if (most === 0) return gate!.wait(() => (callOff = nextTurn(slice)));
          if (!interaction.fill(most)) return subscriber.complete();
          subscriber.next(interaction.chunk);
        }
      } catch (error) {
        return subscriber.error(error);
      }
      if (!subscriber.closed) callOff = nextTurn(slice);
    };
    slice();
    return () => callOff?.();
  });
}
